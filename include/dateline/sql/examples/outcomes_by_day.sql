-- Which days brought pages, and what became of them
SELECT ingest_date, outcome, n_captures FROM outcomes_by_day();
