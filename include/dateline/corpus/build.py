"""From nodes to stories: a pure function, whatever is known from before saves work and changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .candidates import affected_days, find_candidates
from .cluster import Story, find_stories
from .limits import Limits
from .nodes import Key, Node
from .pairs import SAME, Comparer, Pair, Resemblance, TextsOf


@dataclass(frozen=True, slots=True)
class Built:
    """Nodes and compared pairs (rows of PAIRS) with the stories that follow from them."""

    nodes: Sequence[Node] = ()
    pairs: Sequence[Mapping[str, Any]] = ()
    stories: Sequence[Story] = ()

    def rows(self) -> list[dict[str, Any]]:
        """The rows of the table `stories`."""
        found = {
            frozenset(((row["capture_id"], row["part_no"]), (row["other_capture_id"], row["other_part_no"]))): row
            for row in self.pairs
        }
        return [_row(story, node, found) for story in self.stories for node in story.members]


NOTHING = Built()


def build(nodes: Sequence[Node], before: Built, texts_of: TextsOf, limits: Limits) -> Built:
    """Find the stories of these nodes.

    `before` has nodes and pairs of an earlier build by the same method. Pairs are looked for again on the
    days from which a node is in sight that was added, lost or changed since; texts that were compared then are
    not read again.
    """
    dirty = {node.compared_day for node in {*before.nodes} ^ {*nodes}}
    affected = affected_days(dirty, limits)
    by_key = {node.key: node for node in nodes}
    comparer = Comparer(before.pairs, texts_of, limits)
    pairs = [_kept(row, by_key) for row in before.pairs if row["is_candidate"] and row["compared_day"] not in affected]
    pairs += comparer.compare(find_candidates(nodes, affected, limits))
    stories = find_stories(nodes, pairs, limits)
    compared = {frozenset((pair.later.key, pair.earlier.key)) for pair in pairs}
    ends = (end for story in stories for end in _ends(story))
    pairs += comparer.compare(
        [(later, earlier) for later, earlier in ends if frozenset((later.key, earlier.key)) not in compared],
        is_candidate=False,
    )
    return Built(nodes, [pair.to_row() for pair in pairs], stories)


def _kept(row: Mapping[str, Any], by_key: Mapping[Key, Node]) -> Pair:
    later = by_key[row["capture_id"], row["part_no"]]
    earlier = by_key[row["other_capture_id"], row["other_part_no"]]
    return Pair(later, earlier, Resemblance(row["similarity"], row["containment"], row["n_shared"]))


def _ends(story: Story) -> Iterable[tuple[Node, Node]]:
    """The representative with each member that has other words, the later one of the two first."""
    first = story.representative
    for node in story.members:
        if node.signature.text_key != first.signature.text_key:
            yield (node, first) if node.order > first.order else (first, node)


def _row(story: Story, node: Node, found: Mapping[frozenset[Key], Mapping[str, Any]]) -> dict[str, Any]:
    first, match = story.representative, story.matches.get(node.key)
    same = {"similarity": SAME.similarity, "containment": SAME.containment}
    is_same = node.signature.text_key == first.signature.text_key
    with_first = same if is_same else found[frozenset((node.key, first.key))]
    return {
        "ingest_date": node.ingest_date,
        "source_id": node.source_id,
        "capture_id": node.capture_id,
        "part_no": node.part_no,
        "article_id": node.article_id,
        "story_id": story.story_id,
        "is_representative": node is first,
        "n_articles": len(story.members),
        "similarity": with_first["similarity"],
        "containment": with_first["containment"],
        "how": match.how if match else None,
        "matched_capture_id": match.other.capture_id if match else None,
        "matched_part_no": match.other.part_no if match else None,
        "matched_similarity": match.found.similarity if match else None,
        "matched_containment": match.found.containment if match else None,
        "compared_day": node.compared_day,
        "compared_by": node.compared_by,
    }
