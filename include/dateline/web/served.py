"""A page as it is served: its text, its status, and what browsers may do with it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from .why_page import PageRows, render_why_page


@dataclass(frozen=True, slots=True)
class ServedPage:
    """HTML, the HTTP status that goes with it, and its content security policy."""

    html: str
    policy: str
    status: int = 200

    @property
    def headers(self) -> dict[str, str]:
        """Headers of the answer: nothing may run but what the page was made with, and only Airflow may frame it."""
        return {
            "Content-Security-Policy": self.policy,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "private, no-store",
        }


def serve_template(name: str, status: int = 200, **values: Any) -> ServedPage:
    """Render a template of the Newsroom; style and script are named in the policy by their hashes."""
    style, script = source_of("newsroom.css"), source_of("newsroom.js")
    html = _environment().get_template(name).render(style=style, script=script, **values)
    return ServedPage(html, policy_of(f"'sha256-{_hash(style)}'", f"'sha256-{_hash(script)}'"), status)


def serve_why_page(page: PageRows) -> ServedPage:
    """The page that `dateline why --html` writes, with the policy that it states itself, and no strange frames."""
    return ServedPage(render_why_page(page), policy_of("'unsafe-inline'", f"'sha256-{_hash(source_of('why.js'))}'"))


def policy_of(style: str, script: str) -> str:
    """A policy that allows this style and this script alone, in a frame of the same origin."""
    return (
        f"default-src 'none'; style-src {style}; script-src {script}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )


def source_of(name: str) -> str:
    """The text of a file among the templates."""
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("dateline.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
