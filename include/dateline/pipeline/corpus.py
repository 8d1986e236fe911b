"""After publishing: the tables that compare pages with each other are brought up to date."""

from __future__ import annotations

from .. import corpus
from ..config import Settings
from ..corpus import StoriesResult
from .collect import Clock
from .errors import telling_disk_trouble


@telling_disk_trouble
def derive_tables(settings: Settings, *, clock: Clock, from_scratch: bool = False) -> StoriesResult:
    """Bring the derived tables up to date with what is published, and delete their files that nobody reads any more.

    Raises `lake.DamagedLakeError` where the lake has to be repaired, `raw.LockHeldError` where another run hangs.
    """
    lake, patience = settings.lake, settings.patience
    done = corpus.derive_stories(lake, clock=clock, patience=patience, from_scratch=from_scratch)
    corpus.derive_others(lake, clock=clock, patience=patience, from_scratch=from_scratch)
    corpus.collect_garbage(lake, clock=clock, patience=patience)
    corpus.collect_snapshots(lake, settings.profiles, clock=clock, patience=patience)
    return done


def describe_stories(done: StoriesResult) -> str:
    """What a run did, in a few words.

    >>> describe_stories(StoriesResult(7)), describe_stories(StoriesResult(0))
    ('nothing changed (manifest 7)', 'nothing is published yet')
    """
    if not done.manifest:
        return "nothing is published yet"
    if not done.days:
        return f"nothing changed (manifest {done.manifest})"
    span = " to ".join(dict.fromkeys((done.days[0].isoformat(), done.days[-1].isoformat())))
    days = f"{len(done.days)} day{'' if len(done.days) == 1 else 's'} ({span})"
    copies = "1 story" if done.n_with_copies == 1 else f"{done.n_with_copies} stories"
    return f"{days}: {done.n_articles} articles in all, {copies} with copies (manifest {done.manifest})"
