"""How elements of HTML are laid out, as far as reading needs it: which ones bound text, hide it, or mean something."""

from __future__ import annotations


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


BLOCKS = _words(
    "address article aside blockquote body button caption center col colgroup dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol optgroup "
    "p pre search section summary table tbody td tfoot th thead tr ul listing"
)
"""Elements that the HTML Standard's style sheet lays out as blocks, table parts and buttons (section 15.3)."""

VOID = _words("area base br col embed hr img input link meta param source track wbr frame")

RAW_TEXT = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
"""Elements whose content is not markup; `noscript` joins them where scripts are taken to run."""

CLOSED = frozenset((*RAW_TEXT, "head", "template", "-comment", "-doctype", "-text"))
"""Nodes that the walk doesn't enter."""

NOT_SHOWN = _words("svg math select datalist video audio canvas applet")
"""Elements whose text is drawn otherwise than as text of the page, or only where something fails."""

SEMANTICS = _words(
    "article main aside nav header footer figure figcaption blockquote form table li h1 h2 h3 h4 h5 h6 "
    "ul ol th td caption button address details dialog pre label"
)

ROLE_TAGS = {
    "article": "article",
    "main": "main",
    "navigation": "nav",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "aside",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "heading": "h2",
    "listitem": "li",
    "menu": "nav",
    "menubar": "nav",
    "search": "form",
    "form": "form",
    "figure": "figure",
}
"""ARIA roles (WAI-ARIA 1.2) as the element that means the same."""

PROSE = _words("p li h1 h2 h3 h4 h5 h6 blockquote figcaption caption dd dt address pre")
"""Elements that hold one run of text, in which a single line break rarely starts a new one."""

GROUPS = _words("figure td th li")
"""Elements that tie a picture to the words beside it; links do, too."""

HOMES = _words("body div section article main aside header footer nav form fieldset details td th ul ol dl center")
"""Elements that hold paragraphs together: what stands in one of them belongs together, whatever its class says."""
