"""What a grammar rule is: a pattern of words and the way to read the words that matched."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .expression import Expression

Build = Callable[[re.Match[str]], "Expression | Sequence[Expression] | None"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape of time expression. `build` gets the match of the whole phrase and may refuse by None."""

    name: str
    pattern: str
    build: Build
    compiled: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compiled", re.compile(self.pattern, re.IGNORECASE))

    def read(self, phrase: str) -> tuple[Expression, ...]:
        """Expressions that the phrase holds if the rule covers all of it; offsets are those of the phrase."""
        match = self.compiled.fullmatch(phrase)
        found = self.build(match) if match else None
        if found is None:
            return ()
        return (found,) if isinstance(found, Expression) else tuple(found)

    @property
    def anonymous(self) -> str:
        """The pattern without named groups, to be part of a larger one."""
        return re.sub(r"\(\?P<\w+>", "(?:", self.pattern)


def express(match: re.Match[str], rule: str, kind: str, group: str | int = 0, **parts: Any) -> Expression:
    """Expression over one group of the match."""
    start, end = match.span(group)
    return Expression(start=start, end=end, text=match[group], kind=kind, rule=rule, **parts)


def part(match: re.Match[str], group: str) -> str | None:
    """Words of a named group; None where the group did not take part or the pattern has none of that name.

    >>> part(re.match("(?P<day>7)", "7"), "month") is None
    True
    """
    return match.groupdict().get(group)


def read_first(rules: Sequence[Rule], phrase: str) -> tuple[Expression, ...]:
    """What the first rule that covers the phrase reads in it."""
    for rule in rules:
        found = rule.read(phrase)
        if found:
            return found
    return ()
