"""A page as it is served: its text, its status, and what browsers may do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ._templates import find_template, hash_source, source_of
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
    html = find_template(name).render(style=style, script=script, **values)
    return ServedPage(html, policy_of(hash_source(style), hash_source(script)), status)


def serve_why_page(page: PageRows) -> ServedPage:
    """The page that `dateline why --html` writes, with the policy that it states itself, and no strange frames."""
    return ServedPage(render_why_page(page), policy_of("'unsafe-inline'", hash_source(source_of("why.js"))))


def policy_of(style: str, script: str) -> str:
    """A policy that allows this style and this script alone, in a frame of the same origin."""
    return (
        f"default-src 'none'; style-src {style}; script-src {script}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
