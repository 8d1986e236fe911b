"""Registers the listener that writes what a run did into its note."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin

from dateline.airflow_edge import notes


class RunNotesPlugin(AirflowPlugin):
    """Run notes, in every part of Airflow that decides how a run ends."""

    name = "dateline_run_notes"
    listeners = [notes]  # noqa: RUF012  (Airflow reads a plain list)
