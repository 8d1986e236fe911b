"""One page from bytes to article: media type, decoding, blocks, roles, layers, facts, kind."""

from __future__ import annotations

from ..model import Article, Capture, Page, Rejection
from .arrange.arrange import arrange
from .decode._content_coding import CodingError, remove_coding
from .decode.charset import Decoded, UndecodableError, decode
from .decode.media import sniff
from .facts.gather_facts import gather_facts
from .facts.part_facts import gather_part_facts
from .flatten.flatten_html import flatten_html
from .flatten.flatten_text import flatten_text
from .flatten.hydration import read_hydration
from .flatten.raw_block import Flattened
from .flatten.stated import Statements, stated_values
from .roles.assign_roles import RoleChoice, assign_roles
from .roles.profile import NO_PROFILES, Profiles, apply_profile
from .roles.stated_kind import has_text, heed_stated_kind

READABLE = ("text/html", "application/xhtml+xml", "text/plain")


def read_page(capture: Capture, payload: bytes, *, max_bytes: int, profiles: Profiles = NO_PROFILES) -> Page:
    """Read the payload of a capture; never raises for a bad page.

    The page has its article, or a rejection of the closed list in `schema.outcomes` that says at which stage
    (open, decode, read, kind) and why. `max_bytes` is the setting of that name, in bytes; `profiles` are what other
    pages of its site are known to have in common.

    >>> from datetime import date
    >>> capture = Capture("c", date(2020, 1, 1), "s", "file", "a.html")
    >>> read_page(capture, b"", max_bytes=10).rejection.outcome
    'empty'
    """
    media_type = capture.media_type or ""
    try:
        payload = remove_coding(payload, capture.headers, max_bytes)
        early = _refuse(capture, payload, max_bytes)
        if early:
            return Page("", media_type, None, None, rejection=early)
        media_type = sniff(payload, capture.media_type, capture.url or capture.source_ref)
        if media_type not in READABLE:
            return Page(
                "", media_type, None, None, rejection=Rejection("unsupported", f"content is {media_type}", "open")
            )
        is_html = media_type != "text/plain"
        decoded = decode(payload, _content_type(capture), is_html)
        return _read_text(capture, decoded, media_type, is_html, profiles)
    except CodingError as error:
        rejection = Rejection("broken", str(error), "open", requeue_hint="fetch_again")
    except UndecodableError as error:
        rejection = Rejection("undecodable", str(error), "decode", requeue_hint="fetch_again")
    except Exception as error:
        # A page that breaks a reader must not end a run over a million of them; the type says where to look.
        rejection = Rejection("broken", f"reading failed: {type(error).__name__}", "read", str(error)[:500])
    return Page("", media_type, None, None, rejection=rejection)


def _refuse(capture: Capture, payload: bytes, max_bytes: int) -> Rejection | None:
    if not payload.strip():
        return Rejection("empty", "no bytes", "open", requeue_hint="fetch_again")
    if len(payload) > max_bytes:
        detail = f"{len(payload)} bytes, limit {max_bytes}"
        return Rejection("too_big", "larger than the setting max_bytes", "open", detail, "raise_limit")
    if capture.truncated:
        return Rejection(
            "truncated", f"the stored bytes end early: {capture.truncated}", "open", requeue_hint="fetch_again"
        )
    return None


def _content_type(capture: Capture) -> str | None:
    headers = {name.lower(): value for name, value in capture.headers}
    return headers.get("content-type") or capture.media_type


def _read_text(capture: Capture, decoded: Decoded, media_type: str, is_html: bool, profiles: Profiles) -> Page:
    flattened = flatten_html(decoded.text) if is_html else flatten_text(decoded.text)
    flattened, choices = _find_roles(decoded.text, flattened)
    statements = flattened.statements
    url = capture.url_final or capture.url
    canonical = next(iter(stated_values(statements, "canonical", source="link")), None)
    choices = apply_profile(flattened.blocks, choices, profiles.of(url or canonical), capture.capture_id)
    made = arrange(flattened, choices, url or canonical, is_html=is_html, http_status=capture.http_status)
    blocks, kind, division = made.blocks, made.kind, made.division
    articles: tuple[Article, ...] = ()
    if kind.rejection is not None:
        # Offsets are places in an article's text, and this page has none.
        blocks = tuple(b._replace(kept=False, text_start=None, text_end=None) if b.kept else b for b in blocks)
    elif division is not None:
        articles = gather_part_facts(blocks, statements, url or canonical, division)
    elif kind.page_kind is not None:
        articles = (gather_facts(blocks, statements, url or canonical, kind.page_kind),)
    return Page(
        raw=decoded.text,
        media_type=media_type,
        charset=decoded.charset,
        charset_source=decoded.charset_source,
        url_canonical=canonical,
        blocks=blocks,
        statements=tuple(statements),
        articles=articles,
        rejection=kind.rejection,
    )


def _find_roles(raw: str, flattened: Flattened) -> tuple[Flattened, tuple[RoleChoice, ...]]:
    """Roles of a page's blocks; a page without text is looked at again in the light of its scripts and its markup."""
    choices = assign_roles(flattened)
    if not flattened.is_html or has_text(flattened.blocks, choices):
        return flattened, choices
    drawn = read_hydration(raw)
    if drawn is not None:
        # Statements of elements name blocks of the frame by number, so those keep theirs.
        stated = Statements((*drawn.statements, *flattened.statements))
        whole = Flattened((*flattened.blocks, *drawn.blocks), stated)
        roles = assign_roles(whole)
        if has_text(whole.blocks, roles):
            return whole, roles
    return flattened, heed_stated_kind(flattened, choices)
