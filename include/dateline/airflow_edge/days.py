"""The day of a run, and the clock of the DAGs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from airflow.sdk.exceptions import AirflowFailException

DAY = "%Y-%m-%d"
"""How a day is written as a partition key."""

NO_DAY = (
    "no day: trigger this DAG with a partition key such as 2026-03-02, or with "
    '{"day": "2026-03-02"} as its configuration'
)


def utc_now() -> datetime:
    """The clock of the DAGs."""
    return datetime.now(UTC)


def resolve_day(context: Mapping[str, Any]) -> date:
    """The ingest date of a run: its partition key, else the parameter `day`.

    Never the logical date or the data interval: those of a manual run say when it was triggered.
    Raises AirflowFailException where neither is given or it is no day.

    >>> resolve_day({"partition_key": "2026-03-02", "params": {}})
    datetime.date(2026, 3, 2)
    """
    stated = context.get("partition_key") or context.get("params", {}).get("day")
    if not stated:
        raise AirflowFailException(NO_DAY)
    try:
        return datetime.strptime(stated, DAY).replace(tzinfo=UTC).date()
    except ValueError:
        raise AirflowFailException(f"{stated!r} is not a day; {NO_DAY}") from None
