-- Why did captures of these ingest days give no article, and what could be done? The most frequent reasons first.
SELECT
    outcome,
    left(reason, 200) AS reason,
    requeue_hint,
    count(*) AS n_captures,
    max(ingest_date) AS last_day,
    max_by(capture_id, (ingest_date, capture_id)) AS capture_id,
    count(*) OVER () AS n_reasons
FROM rejected
WHERE ingest_date BETWEEN $from AND $to
GROUP BY ALL
ORDER BY n_captures DESC, outcome, reason
LIMIT $limit;
