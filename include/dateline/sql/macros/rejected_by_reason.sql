-- Why did captures give no article, how often, and what could be done?
CREATE OR REPLACE MACRO rejected_by_reason() AS TABLE
SELECT
    outcome,
    reason,
    requeue_hint,
    count(*) AS n_captures,
    min(ingest_date) AS first_day,
    max(ingest_date) AS last_day,
    min(capture_id) AS an_example
FROM rejected
GROUP BY outcome, reason, requeue_hint
ORDER BY n_captures DESC, outcome, reason, requeue_hint;
