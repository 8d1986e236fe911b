"""What attributes say about an element: whether it is hidden, where its picture is."""

from __future__ import annotations

Attributes = dict[str, str | None]


def image_url(attributes: Attributes) -> str | None:
    """Address of a picture as written; lazy loaders keep it elsewhere than in `src`."""
    for name in ("src", "data-src", "data-original", "data-lazy-src", "data-srcset", "srcset"):
        words = (attributes.get(name) or "").split()
        if words and not words[0].startswith("data:") and len(words[0]) <= 2000:
            return words[0]
    return None


def is_hidden(tag: str, attributes: Attributes) -> bool:
    """True where an element is kept from sight by its attributes, or from screen readers as mere decoration.

    >>> is_hidden("div", {"style": "Display : none"}), is_hidden("dialog", {"open": None})
    (True, False)
    """
    if "hidden" in attributes or (tag == "dialog" and "open" not in attributes):
        return True
    if "aria-hidden" in attributes and (attributes["aria-hidden"] or "").lower() == "true":
        return True
    if "style" not in attributes:
        return False
    style = (attributes["style"] or "").lower().replace(" ", "")
    return "display:none" in style or "visibility:hidden" in style
