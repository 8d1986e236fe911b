"""JSON-LD as sites write it: broken syntax tolerated, the values that matter laid out as key and text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

MAX_ITEMS = 200
"""Items of one page that are read; longer lists are search results or products."""
PLAIN_KEYS = (
    "headline", "alternativeHeadline", "name", "description", "abstract", "datePublished", "dateModified",
    "dateCreated", "uploadDate", "articleSection", "articleBody", "genre", "inLanguage", "isAccessibleForFree", "url",
    "mainEntityOfPage", "wordCount", "keywords", "dateline", "contentLocation", "thumbnailUrl",
)  # fmt: skip
PARTY_KEYS = (
    "author", "creator", "contributor", "editor", "publisher", "provider", "sourceOrganization", "copyrightHolder",
    "isPartOf", "maintainer",
)  # fmt: skip
"""Properties whose values are people or organisations; `key.Person`, `key.Organization` hold their names."""
NAMED_BY_NAME = frozenset({"publisher", "provider", "sourceOrganization", "copyrightHolder", "isPartOf", "maintainer"})
"""Properties whose value's type says nothing: `key.name` holds the name."""
INNER_ITEMS = (
    "@graph",
    "mainEntity",
    "mainEntityOfPage",
    "hasPart",
    "liveBlogUpdate",
    "video",
    "itemListElement",
    "item",
)

_STRING_OR_FAULT = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)|,(?=\s*+[}\]])|\s++', re.S)
_BAD_ESCAPE = re.compile(r'\\(?:u(?![0-9a-fA-F]{4})|[^"\\/bfnrtu])')
_WRAPPER = re.compile(
    r"<!--|-->|/\*\s*<!\[CDATA\[\s*\*/|/\*\s*\]\]>\s*\*/|//\s*<!\[CDATA\[|//\s*\]\]>|<!\[CDATA\[|\]\]>"
)
_DECODER = json.JSONDecoder(strict=False)
_Pair = tuple[str, str]


def read_json_ld(text: str) -> list[list[_Pair]]:
    """For each item of a script its properties as (key, text); an empty list where it is no JSON at all.

    >>> read_json_ld('{"@type": "NewsArticle", "headline": "Rain", "author": {"@type": "Person", "name": "J. Doe"},}')
    [[('@type', 'NewsArticle'), ('headline', 'Rain'), ('author.Person', 'J. Doe')]]
    """
    values = parse_loosely(text)
    items = list(_items(values))
    by_id = {
        item["@id"]: item for item in items if isinstance(item.get("@id"), str) and ("name" in item or "url" in item)
    }
    return [pairs for item in items if (pairs := list(_pairs(item, by_id)))]


def parse_loosely(text: str) -> list[Any]:
    """Values of a JSON text with trailing commas, control characters, comments around it, or several values."""
    text = text.strip()
    try:
        return [_DECODER.decode(text)]
    except (ValueError, RecursionError):
        pass
    text = _STRING_OR_FAULT.sub(_mend, _WRAPPER.sub(" ", text)).strip().rstrip(";")
    values: list[Any] = []
    position = 0
    while position < len(text):
        try:
            value, position = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError):
            break
        values.append(value)
        while position < len(text) and text[position] in " ,;":
            position += 1
    return values


def _mend(match: re.Match[str]) -> str:
    found = match.group()
    if found[0] == '"':
        return _BAD_ESCAPE.sub(lambda bad: "\\" + bad.group(), found)
    return "" if found[0] == "," else " "


def _items(values: list[Any]) -> Iterator[dict[str, Any]]:
    """Typed objects at the top, in graphs and in lists, in the order of the text."""
    queue = list(reversed(values))
    count = 0
    while queue and count < MAX_ITEMS:
        value = queue.pop()
        if isinstance(value, list):
            queue.extend(reversed(value[:MAX_ITEMS]))
        elif isinstance(value, dict):
            if "@type" in value:
                count += 1
                yield value
            queue.extend(value[key] for key in reversed(INNER_ITEMS) if isinstance(value.get(key), dict | list))


def _pairs(item: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Iterator[_Pair]:
    yield "@type", ",".join(_texts(item["@type"]))
    # Most items have a few of the properties, and asking for each costs more than reading those.
    for key in filter(item.__contains__, PLAIN_KEYS):
        for text in _texts(item[key]):
            yield key, text
    for key in filter(item.__contains__, PARTY_KEYS):
        values = item[key]
        for value in (values if isinstance(values, list) else [values])[:MAX_ITEMS]:
            yield from _party(key, value, by_id)


def _texts(value: Any) -> list[str]:
    """Scalars of a property as texts: of objects their name or id, of lists each."""
    values = value if isinstance(value, list) else [value]
    texts = []
    for one in values[:MAX_ITEMS]:
        plain = (one.get("name") or one.get("@id") or one.get("@value")) if isinstance(one, dict) else one
        if isinstance(plain, bool):
            texts.append("true" if plain else "false")
        elif isinstance(plain, str | int | float) and str(plain).strip():
            texts.append(str(plain))
    return texts


def _party(key: str, value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[_Pair]:
    if not isinstance(value, dict):
        yield from ((f"{key}.name" if key in NAMED_BY_NAME else key, text) for text in _texts(value))
        return
    if "name" not in value and isinstance(value.get("@id"), str):
        value = by_id.get(value["@id"], value)
    kinds = _texts(value.get("@type"))
    suffix = "name" if key in NAMED_BY_NAME else next((k for k in ("Person", "Organization") if _is_a(k, kinds)), "")
    for name in _texts(value.get("name")):
        yield f"{key}.{suffix}" if suffix else key, name


def _is_a(kind: str, kinds: list[str]) -> bool:
    return any(k == kind or (kind == "Organization" and k.endswith("Organization")) for k in kinds)
