"""After publishing: the tables that compare pages with each other are brought up to date."""

from __future__ import annotations

from typing import NamedTuple

from .. import corpus
from ..config import Settings
from ..corpus import OthersResult, StoriesResult
from .collect import Clock
from .errors import telling_disk_trouble


class DerivedResult(NamedTuple):
    """What was derived: stories, then pages of one story and site profiles."""

    stories: StoriesResult
    others: OthersResult


@telling_disk_trouble
def derive_tables(settings: Settings, *, clock: Clock, from_scratch: bool = False) -> DerivedResult:
    """Bring the derived tables up to date with what is published, and delete their files that nobody reads any more.

    Raises `lake.DamagedLakeError` where the lake has to be repaired, `raw.LockHeldError` where another run hangs.
    """
    lake, patience = settings.lake, settings.patience
    stories = corpus.derive_stories(lake, clock=clock, patience=patience, from_scratch=from_scratch)
    others = corpus.derive_others(lake, clock=clock, patience=patience, from_scratch=from_scratch)
    corpus.collect_garbage(lake, clock=clock, patience=patience)
    corpus.collect_snapshots(lake, settings.profiles, clock=clock, patience=patience)
    return DerivedResult(stories, others)


def describe_derived(done: DerivedResult) -> str:
    """What a run did, in a few words; pages and profiles only where it found some.

    >>> others = OthersResult(True, 2, n_paged_stories=1, n_pages=3, n_sites=2, n_lines=12, n_paths=1)
    >>> describe_derived(DerivedResult(StoriesResult(7), others)).partition("; ")[2]
    '1 story over 3 pages; profiles of 2 sites (12 lines, 1 path; snapshot 2)'
    """
    words, others = [describe_stories(done.stories)], done.others
    if others.n_pages:
        words.append(f"{_count(others.n_paged_stories, 'story', 'stories')} over {others.n_pages} pages")
    if others.n_sites:
        repeated = f"{_count(others.n_lines, 'line', 'lines')}, {_count(others.n_paths, 'path', 'paths')}"
        sites = _count(others.n_sites, "site", "sites")
        words.append(f"profiles of {sites} ({repeated}; snapshot {others.profiles})")
    return "; ".join(words)


def describe_stories(done: StoriesResult) -> str:
    """What a run did about stories, in a few words.

    >>> describe_stories(StoriesResult(7)), describe_stories(StoriesResult(0))
    ('nothing changed (manifest 7)', 'nothing is published yet')
    """
    if not done.manifest:
        return "nothing is published yet"
    if not done.days:
        return f"nothing changed (manifest {done.manifest})"
    span = " to ".join(dict.fromkeys((done.days[0].isoformat(), done.days[-1].isoformat())))
    copies = _count(done.n_with_copies, "story", "stories")
    return (
        f"{_count(len(done.days), 'day', 'days')} ({span}): {_count(done.n_articles, 'article', 'articles')} in all, "
        f"{copies} with copies (manifest {done.manifest})"
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
