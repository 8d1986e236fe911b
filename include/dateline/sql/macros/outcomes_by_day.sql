-- What became of the captures of each ingest day? One row a day and outcome.
CREATE OR REPLACE MACRO outcomes_by_day() AS TABLE
SELECT
    ingest_date,
    outcome,
    count(*) AS n_captures,
    count(DISTINCT source_id) AS n_sources,
    sum(n_bytes) AS n_bytes
FROM captures
GROUP BY ingest_date, outcome
ORDER BY ingest_date, n_captures DESC, outcome;
