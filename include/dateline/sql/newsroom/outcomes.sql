-- What became of the captures of these ingest days?
SELECT outcome, sum(n_captures)::BIGINT AS n_captures
FROM counted_captures
WHERE ingest_date BETWEEN $from AND $to
GROUP BY outcome
ORDER BY n_captures DESC, outcome;
