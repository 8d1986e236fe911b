"""The name of a run in the lake: what its commits carry, and what finds them again."""

from __future__ import annotations


def name_of_run(dag_id: str, run_id: str) -> str:
    """The DAG and the run together, since two DAGs may have runs of one id.

    >>> name_of_run("dateline_poll", "scheduled__2026-03-02T00:00:00+00:00")
    'dateline_poll/scheduled__2026-03-02T00:00:00+00:00'
    """
    return f"{dag_id}/{run_id}"
