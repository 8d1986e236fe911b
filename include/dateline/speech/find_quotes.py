"""The quotations of one article with their speakers and the chains they came through."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..identity import fold
from ..model import Block, Entity, Name, Quote, Speaker
from ._context import Context, prepare
from .attribution import Attribution, attribute
from .chains import find_sources, split_issuer
from .indirect import find_indirect
from .marks import Marked
from .speakers import Voice, find_voice

MIN_WORDS = 4
"""Marked words that are kept without any speaker; shorter ones are scare quotes and titles of works."""

ATTRIBUTED = ("cue", "speakers", "speaker_text", "is_anonymous", "sources")
"""Fields of a quotation that say whose it is."""

QUOTING_ROLES = frozenset(("body", "standfirst", "list", "quote", "caption", "headline"))


@dataclass(slots=True)
class _Reader:
    """What reading has met so far in one article."""

    contexts: list[Context]
    people: list[Name]
    places: list[tuple[int, int]]
    outlet: str | None
    quotes: list[Quote] = field(default_factory=list)
    last: tuple[int, Attribution] | None = None
    last_speakers: tuple[Speaker, ...] = ()
    last_kind: str = "direct"
    last_index: int = -1


def find_quotes(
    blocks: Sequence[Block], names: Sequence[Name], entities: Sequence[Entity], outlet: str | None
) -> tuple[Quote, ...]:
    """Quotations in an article's read blocks, in order of reading.

    Each quotation lies in one block; one that runs over several paragraphs gives a row a paragraph, with
    one speaker. `direct` are whole clauses in marks, `mixed` parts of a clause, `indirect` statements
    without marks. Offsets are the block's own and exclude the outer marks. `outlet` never stands in a
    chain of sources; `entities` are the clusters that `names` point at.

    >>> block = Block(0, '"The bridge is safe," said Ida Berg.', role="body", kept=True)
    >>> quote = find_quotes([block], [Name(0, 27, 35, "Ida Berg", "PERSON", 0)], [], None)[0]
    >>> quote.text, quote.cue, quote.speaker_text
    ('The bridge is safe,', 'said', 'Ida Berg')
    """
    contexts = prepare([block for block in blocks if block.role in QUOTING_ROLES], names)
    people = [(context.index, name) for context in contexts for name in context.names if name.label == "PERSON"]
    places = [(index, name.start_char) for index, name in people]
    reader = _Reader(contexts, [name for _, name in people], places, outlet)
    for context in contexts:
        _read_block(reader, context)
    return tuple(_share_speakers(reader.quotes))


def _share_speakers(quotes: Sequence[Quote]) -> list[Quote]:
    """Quotations without a speaker get that of the same words elsewhere in the article, as captions repeat the body."""
    known = {fold(quote.text): quote for quote in reversed(quotes) if quote.speakers}
    shared = []
    for quote in quotes:
        same = None if quote.speakers else known.get(fold(quote.text))
        shared.append(replace(quote, **{name: getattr(same, name) for name in ATTRIBUTED}) if same else quote)
    return shared


def _read_block(reader: _Reader, context: Context) -> None:
    stretches: list[tuple[int, Marked | tuple[int, int, Attribution]]] = [(m.start, m) for m in context.marked]
    stretches += [(start, (start, end, found)) for start, end, found in find_indirect(context)]
    for _, stretch in sorted(stretches, key=lambda each: each[0]):
        if isinstance(stretch, Marked):
            _read_marked(reader, context, stretch)
        else:
            start, end, attribution = stretch
            _keep(reader, context, start, end, "indirect", (context.index, attribution))


def _read_marked(reader: _Reader, context: Context, marked: Marked) -> None:
    start, end = _stripped(context.text, marked)
    own = attribute(context, marked)
    found = (context.index, own) if own else _carried(reader, context, marked)
    words = context.text[start:end].split()
    if not words or (found is None and len(words) < MIN_WORDS) or _is_title_of_work(words, found is not None):
        return
    if found is None and context.role == "headline":
        return
    kind = _kind(reader, context, marked)
    _keep(reader, context, start, end, kind, found)


def _stripped(text: str, marked: Marked) -> tuple[int, int]:
    start, end = marked.start, marked.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_title_of_work(words: list[str], is_attributed: bool) -> bool:
    """Whether the words look like a title: capitals throughout and no punctuation at the end."""
    if len(words) > (MIN_WORDS if is_attributed else 8) or words[-1][-1] in ".,?!":
        return False
    heavy = [word for word in words if len(word) > 3] or words
    return all(word[:1].isupper() or word[:1].isdigit() for word in heavy)


def _carried(reader: _Reader, context: Context, marked: Marked) -> tuple[int, Attribution] | None:
    """The attribution announced by the paragraph before, or that of the quotation which this one continues."""
    text = context.text
    if marked.opening == 0 and context.index and (announced := _announced(reader.contexts[context.index - 1])):
        return context.index - 1, announced
    if reader.last is None:
        return None
    index = reader.last[0]
    sentence = context.sentences[context.sentence_at(marked.opening)]
    begins = not context.masked[sentence[0] : marked.opening].strip()
    if marked.continues:
        return reader.last
    if begins and reader.last_index == context.index:
        return reader.last
    is_whole = marked.opening == 0 and not text[marked.closing :].strip()
    return reader.last if is_whole and index == context.index - 1 else None


def _announced(context: Context) -> Attribution | None:
    if not context.text.rstrip().endswith(":"):
        return None
    end = len(context.text.rstrip())
    return attribute(context, Marked(context.index, end, end, end, end))


def _kind(reader: _Reader, context: Context, marked: Marked) -> str:
    text = context.text
    sentence = context.sentences[context.sentence_at(marked.opening)]
    before = context.masked[sentence[0] : marked.opening].rstrip()
    first = next((c for c in text[marked.start : marked.end] if c.isalnum()), "")
    is_free = not before or before[-1] in ":,—–-" or before.endswith((" that", "said", "says"))
    if not first.islower() and is_free:
        return "direct"
    earlier = context.marked_after(sentence[0])
    if earlier and earlier.opening < marked.opening and is_free and reader.last_index == context.index:
        return reader.last_kind
    return "mixed"


def _keep(
    reader: _Reader, context: Context, start: int, end: int, kind: str, found: tuple[int, Attribution] | None
) -> None:
    quote = Quote(
        quote_no=len(reader.quotes),
        block_no=context.block_no,
        start_char=context.base + start,
        end_char=context.base + end,
        text=context.text[start:end],
        kind=kind,
    )
    if found:
        source, attribution = reader.contexts[found[0]], found[1]
        voice = _voice(reader, source, attribution)
        quote = replace(
            quote,
            cue=attribution.cue,
            speakers=voice.speakers,
            speaker_text=source.text[attribution.start : attribution.end],
            is_anonymous=voice.is_anonymous,
            sources=find_sources(source, attribution, reader.outlet),
        )
        reader.last, reader.last_speakers = found, voice.speakers
    reader.quotes.append(quote)
    reader.last_kind, reader.last_index = kind, context.index


def _voice(reader: _Reader, context: Context, attribution: Attribution) -> Voice:
    issuer = split_issuer(context, attribution.start, attribution.end)
    end = issuer[0] if issuer else attribution.end
    before = reader.people[: bisect_left(reader.places, (context.index, attribution.start))]
    return find_voice(context, attribution.start, end, before, reader.last_speakers)
