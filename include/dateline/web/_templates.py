"""The templates of the pages, with their styles and scripts, as they lie in the package."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


def find_template(name: str) -> Template:
    """A template by the name of its file; what it is given is escaped, and a name that it lacks is an error."""
    return _environment().get_template(name)


def source_of(name: str) -> str:
    """The text of a file among the templates, as it stands."""
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def hash_source(text: str) -> str:
    """How a content security policy names an inline style or script that it allows.

    >>> hash_source("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("dateline.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
