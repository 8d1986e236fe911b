"""What the load under Airflow came to, as a page of the documentation."""

from __future__ import annotations

from typing import Any

Figures = dict[str, Any]
ASKED_RATIO, ASKED_MIB = 0.85, 4096


def render(figures: Figures) -> str:
    """The figures as Markdown."""
    airflow, backfill = figures["airflow"], figures["backfill"]
    command = sum(figures["command"]["seconds"]) / len(figures["command"]["seconds"])
    n_pages = figures["n_pages"]
    rows = [
        ("`dateline extract --workers 2`", command, 1.0),
        (f"`dateline_ingest`, {airflow['shards']} shards", airflow["seconds"], figures["ratio"]),
    ]
    lines = [
        "# Under Airflow",
        "",
        "Written by `python -m bench.airflow_load`. Both readers got the same pages in one run, the command before",
        "and after Airflow. Airflow's time goes from the start of the first task to the end of the last `extract`:",
        "it keeps the pages in raw and stages tables too, which the command does not.",
        "",
        f"{n_pages:,} pages varied from the sample, {figures['mean_bytes']:,} bytes on average; {figures['machine']}.",
        "",
        "| | seconds | pages a second | share of the command's |",
        "| --- | --- | --- | --- |",
        *(f"| {name} | {seconds:.1f} | {n_pages / seconds:.1f} | {share:.0%} |" for name, seconds, share in rows),
        "",
        "| task | began | ended |",
        "| --- | --- | --- |",
        *(f"| {name} | {began:.1f} s | {ended:.1f} s |" for name, (began, ended) in airflow["waiting"].items()),
        "",
        "## Memory",
        "",
        f"A backfill of {backfill['n_days']} days, {backfill['active']} at a time, with the same number of pages took "
        f"{backfill['seconds']:.0f} s.",
        f"All processes of Airflow together had {backfill['idle_mib']:,} MiB before it and "
        f"{backfill['peak']['mib']:,} MiB at its peak",
        f"({backfill['peak']['processes']} processes; proportional set size, looked at once a second).",
        "",
        f"Asked for: at least {ASKED_RATIO:.0%} of the command's throughput, at most {ASKED_MIB:,} MiB.",
    ]
    return "\n".join(lines) + "\n"
