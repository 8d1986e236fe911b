-- What became of the captures of each entry? Read once a page, since opening many small files is what takes time.
CREATE OR REPLACE TEMP TABLE counted_captures AS
SELECT ingest_date, source_id, outcome, count(*) AS n_captures, max(captured_at) AS last_captured_at
FROM captures
GROUP BY ALL;
