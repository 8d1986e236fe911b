"""Polling from the command line: fetch, read, publish, and what came of it in a few lines."""

from __future__ import annotations

from collections.abc import Sequence

from .. import pipeline
from ..config import Settings
from ..snapshot import take_snapshot
from .progress import Clock


def poll_with_report(settings: Settings, only: Sequence[str], *, workers: int, force: bool, clock: Clock) -> None:
    """Poll the sources, then read and publish every entry that they touched, in one commit.

    Raises PipelineError at the end where a source failed: what it and the others got is published by then.
    """
    sources = pipeline.choose_sources(settings, only)
    if not sources:
        print(f"nothing to poll: no source is enabled in {settings.sources}")
        return
    done = pipeline.poll(settings, sources, clock=clock, workers=workers)
    print(done.describe())
    made = pipeline.plan(settings, done.collected.entries, take_snapshot(settings), max_shards=1, run_id="poll")
    for shard in made.shards:
        pipeline.extract_shard(settings, shard)
    published = pipeline.publish(settings, made.folder, clock=clock, force=force)
    counts = published.tell_counts("articles", "rejected")
    print(f"published {len(published.changed_entries)} of {len(made.entries)} entries: {counts}")
    print(f"lake {published.lake_hash[:12]}, manifest {published.number}")
    if done.failures:
        words = "; ".join(failure.words for failure in done.failures)
        raise pipeline.PipelineError(
            f"{len(done.failures)} of {len(sources)} sources failed, the rest is published ({words}): "
            "mend the cause, then poll again; what is missing is fetched then"
        )
