"""Stories: groups of articles that pairs of copies connect, each told by its earliest copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..identity import content_id
from .limits import Limits
from .nodes import Key, Node
from .pairs import SAME, Pair, Resemblance

SAME_TEXT, NEAR_DUPLICATE = "same_text", "near_duplicate"


@dataclass(frozen=True, slots=True)
class Match:
    """The copy that an article was found equal or close to."""

    other: Node
    how: str
    found: Resemblance


@dataclass(frozen=True, slots=True)
class Story:
    """One story: its members from the earliest, which represents it, and what ties each other one to it."""

    members: tuple[Node, ...]
    matches: Mapping[Key, Match]

    @property
    def representative(self) -> Node:
        """The earliest copy."""
        return self.members[0]

    @property
    def story_id(self) -> str:
        """Hash of the representative's article id and part."""
        return content_id("story", self.representative.article_id, str(self.representative.part_no))


def find_stories(nodes: Sequence[Node], pairs: Iterable[Pair], limits: Limits) -> list[Story]:
    """Every node in exactly one story; the order of nodes and pairs changes nothing.

    Copies are connected through others: a story may hold two articles that share little, where a third
    has the words of both.
    """
    links = _Links(nodes)
    for pair in pairs:
        if pair.is_candidate and pair.found.is_copy(limits):
            links.join(pair.later, pair.earlier, NEAR_DUPLICATE, pair.found)
    for one, other in _same_texts(nodes, limits):
        links.join(one, other, SAME_TEXT, SAME)
    return links.stories()


def _same_texts(nodes: Sequence[Node], limits: Limits) -> Iterable[tuple[Node, Node]]:
    """Each node with the first one of the same words; short ones need the same title and a near day, too."""
    first: dict[tuple[str, str], Node] = {}
    for node in sorted(nodes, key=lambda node: node.rank):
        short = node.signature.n_words < limits.least_words
        if not node.signature.n_words or (short and not node.title_key):
            continue
        key = (node.signature.text_key, node.title_key if short else "")
        other = first.setdefault(key, node)
        if other is node:
            continue
        if short and abs((node.compared_day - other.compared_day).days) > limits.window_days:
            first[key] = node
            continue
        yield node, other


class _Links:
    """Nodes joined to groups (union-find), and of each node the best link to an earlier copy."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = {node.key: node for node in nodes}
        self._parent: dict[Key, Key] = {key: key for key in self._nodes}
        self._matches: dict[Key, list[Match]] = defaultdict(list)

    def join(self, one: Node, other: Node, how: str, found: Resemblance) -> None:
        """Say that two nodes are copies."""
        self._matches[one.key].append(Match(other, how, found))
        self._matches[other.key].append(Match(one, how, found))
        self._parent[self._root(one.key)] = self._root(other.key)

    def stories(self) -> list[Story]:
        """The groups, in order of their representatives."""
        groups: dict[Key, list[Node]] = defaultdict(list)
        for key, node in self._nodes.items():
            groups[self._root(key)].append(node)
        found = [self._story(sorted(group, key=lambda node: node.rank)) for group in groups.values()]
        return sorted(found, key=lambda story: story.representative.rank)

    def _story(self, members: Sequence[Node]) -> Story:
        place = {node.key: number for number, node in enumerate(members)}
        matches = {node.key: self._best(node, place) for node in members[1:]}
        return Story(tuple(members), matches)

    def _best(self, node: Node, place: Mapping[Key, int]) -> Match:
        """The closest copy before this one; where only later ones connect it, the closest of those."""

        def badness(match: Match) -> tuple[bool, float, int]:
            other = place[match.other.key]
            return other > place[node.key], -max(match.found.similarity, match.found.containment), other

        return min(self._matches[node.key], key=badness)

    def _root(self, key: Key) -> Key:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key
