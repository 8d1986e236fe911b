"""Dateline's output in the words of each scorer. Scorers are told nothing that the output does not say."""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]


def as_article(line: Record) -> Record:
    """For score_articles.py: body, title, authors, publication day of an `extract` line."""
    return {
        "id": line["id"],
        "text": line.get("text") or "",
        "title": line.get("title"),
        "authors": line.get("authors") or [],
        "published": line.get("published"),
    }


def as_publication(line: Record) -> Record:
    """For score_pubdate.py: the day, or None where undated, with its confidence if it has one."""
    found = {"id": line["id"], "date": (line.get("published") or "")[:10] or None}
    confidence = (line.get("published_info") or {}).get("confidence")
    return found if confidence is None else {**found, "confidence": confidence}


def as_timexes(line: Record) -> Record:
    """For score_timex.py: spans with TIMEX3 type and value of an `annotate` line."""
    return {
        "doc_id": line["id"],
        "timexes": [
            {
                "start": row["text_start"],
                "end": row["text_end"],
                **{k: row[k] for k in ("text", "type", "value", "mod")},
            }
            for row in line["dates"]
        ],
    }


def as_entities(line: Record) -> Record:
    """For score_entities.py: mentions with cluster and link, and quotations, of an `annotate` line."""
    return {
        "id": line["id"],
        "entities": [
            {
                "start": row["text_start"],
                "end": row["text_end"],
                "label": row["label"],
                "cluster": f"c{row['cluster_no']}" if row["cluster_no"] is not None else None,
                "geonameid": row["geonameid"],
                "lat": row["lat"],
                "lon": row["lon"],
                "qid": row["kb_id"],
            }
            for row in line["mentions"]
        ],
        "quotes": [
            {
                "start": row["text_start"],
                "end": row["text_end"],
                "type": row["kind"],
                "speaker": [[s["text_start"], s["text_end"]] for s in row["speakers"] or []] or None,
                "speaker_text": row["speaker_text"],
            }
            for row in line["quotes"]
        ],
    }
