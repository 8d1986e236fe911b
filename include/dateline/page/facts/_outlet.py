"""Which outlet published a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from urllib.parse import urlsplit

from ...identity import fold
from ...model import Block, Statement
from ..wording.lexicon import phrase_kind
from ..wording.lists import read_list
from ..wording.persons import not_name_words
from ._outlet_witnesses import Witness, find_witnesses, split_name, stated_names, strip_legal_form

LEAST = 1.0
"""What the witnesses of a name must count together; one plain witness counts 1."""
LISTED_BONUS = 1.0
MIN_NAME = 3
MIN_LABEL = 5
"""A shorter label of a host name stands in too many words to support one of them."""


def find_outlet(blocks: Sequence[Block], statements: Sequence[Statement], url: str | None) -> str | None:
    """Name of the outlet: the listed name of its domain, else the name on which most places of the page agree.

    Markup that states the name is believed. Else the whole words of one place (title, masthead, source line,
    copyright owner) make a candidate; each kind of place whose words hold the candidate counts for it. So a short
    name that the company's name contains goes before the company. A listed outlet is called by its listed name; the
    host alone is the last resort.

    >>> find_outlet([Block(0, "Source: NHK World | 09-11-2012", role="byline", layer="article")], (), None)
    'NHK'
    >>> texts = ("The Harbour Daily", "© 2005 Harbour Daily Media AS")
    >>> find_outlet([Block(no, text, layer="shell") for no, text in enumerate(texts)], (), None)
    'The Harbour Daily'
    """
    host = (urlsplit(url or "").hostname or "").removeprefix("www.").casefold()
    listed = _by_domain(host)
    if listed:
        return listed
    # Markup states the name of most pages, and needs no witness.
    witnesses = cache(partial(find_witnesses, blocks, statements, host))
    return _stated(statements, witnesses) or _agreed(witnesses()) or host or None


def _stated(statements: Sequence[Statement], witnesses: Callable[[], Sequence[Witness]]) -> str | None:
    """The name that markup states, without a slogan, spelled as the page spells it where markup runs words together."""
    for name in stated_names(statements):
        known = _listed(name)
        if known:
            return known
        parts = split_name(name)
        supported = (part for part in parts if len(parts) > 1 and _support(_key(part), witnesses()))
        short = _strip_domain(next(supported, name))
        if not short.islower() and not short.isupper():
            return short
        bare = _key(short).replace(" ", "")
        places = [*stated_names(statements), *(w.text for w in witnesses() if w.is_whole)]
        written = [text for text in places if _key(text).replace(" ", "") == bare]
        return next((text for text in written if not text.islower() and not text.isupper()), short)
    return None


def _agreed(witnesses: Sequence[Witness]) -> str | None:
    best: tuple[float, float, int, str] | None = None
    for witness in witnesses:
        for name in _names(witness):
            key = _key(name)
            if not key or (best is not None and key == best[3]):
                continue
            score = _support(key, witnesses) + LISTED_BONUS * (witness.weight >= 0.4 and _listed(name) is not None)
            found = (score, witness.weight, len(key), key)
            if score >= LEAST and _can_be_name(name, score, witness) and (best is None or found[:3] > best[:3]):
                best = found
    return _spell(best[3], witnesses) if best else None


def _names(witness: Witness) -> list[str]:
    """Candidates that one place gives: all its words, or the listed name that opens them."""
    if not witness.is_whole or (witness.label is not None and not _listed(witness.text)):
        return []
    words = witness.text.split()
    heads = (" ".join(words[:n]) for n in range(min(5, len(words) - 1), 0, -1))
    opening = next((head for head in heads if _listed(head)), None) if witness.kind == "masthead" else None
    return [witness.text, opening] if opening else [witness.text]


def _key(name: str) -> str:
    return fold(_strip_domain(name)).removeprefix("the ")


def _support(key: str, witnesses: Sequence[Witness]) -> float:
    if not key:
        # A sign such as ® or an arrow beside a separator is no name, and every place would hold it.
        return 0.0
    counted: dict[str, float] = {}
    bare, name, last = key.replace(" ", ""), f" {key} ", f" the {key.rsplit(' ', 1)[-1]} "
    for witness in witnesses:
        if witness.label is not None:
            holds = bare in witness.label or (len(witness.label) >= MIN_LABEL and witness.label in bare)
        else:
            holds = name in witness.words or (witness.kind in ("mention", "staff") and last in witness.words)
        if holds:
            counted[witness.kind] = max(counted.get(witness.kind, 0.0), witness.weight)
    return sum(counted.values())


def _can_be_name(name: str, score: float, witness: Witness) -> bool:
    """Menu words and slogans stand where names stand too; a lone masthead must look like the name of a paper."""
    words = fold(name).split()
    if _listed(name) or witness.weight >= 1.5:
        return True
    if name[0].islower() or name[-1] in "?!:" or (len(name) < MIN_NAME and name.isascii()):
        return False
    if phrase_kind(name) in ("navigation", "tools") or (words[0] != "the" and not_name_words().issuperset(words)):
        return False
    if witness.kind == "masthead" and score < LEAST + 0.5:
        return words[0] == "the" or (len(words) > 1 and words[-1] in _paper_words())
    return True


def _spell(key: str, witnesses: Sequence[Witness]) -> str:
    """The name as its surest place writes it, with its article where any place has it as part of the name."""
    exact = [w for w in witnesses if w.is_whole and _key(w.text) == key]
    listed = _listed(key)
    if listed or not exact:
        return listed or key
    exact.sort(key=lambda w: (w.text.isupper(), -w.weight))
    name = _strip_domain(exact[0].text)
    opens = f"the {key} "
    if not fold(name).startswith("the ") and any(
        w.is_whole and f"{fold(w.text)} ".startswith(opens) and w.text.startswith("The") for w in witnesses
    ):
        return f"The {name}"
    return name


@lru_cache(maxsize=2048)
def _listed(name: str) -> str | None:
    forms = _forms()
    for form in (fold(name), fold(strip_legal_form(name)), fold(_strip_domain(name))):
        if form in forms:
            return forms[form]
    return None


def _strip_domain(name: str) -> str:
    return name.removesuffix(".com").removesuffix(".org").strip()


@cache
def _forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for row in read_list("outlets"):
        for form in (row["name"], row["domain"], *row["aliases"].split("|")):
            # A single letter or a word that other outlets use as well is no name to go by.
            if len(form) > 2 or form.isupper():
                forms.setdefault(fold(form), row["name"])
    return forms


@cache
def _paper_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_list("paper_words"))


@cache
def _domains() -> dict[str, str]:
    found = {}
    for row in read_list("outlets"):
        for domain in (row["domain"], *row["aliases"].split("|")):
            if "." in domain and " " not in domain:
                found[domain.casefold()] = row["name"]
    return found


def _by_domain(host: str) -> str | None:
    labels = host.split(".")
    for start in range(len(labels) - 1):
        name = _domains().get(".".join(labels[start:]))
        if name:
            return name
    return None
