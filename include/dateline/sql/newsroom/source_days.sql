-- How many captures of these sources gave an article on each of the last days?
SELECT source_id, ingest_date, sum(n_captures)::BIGINT AS n_articles
FROM counted_captures
WHERE outcome = 'article' AND list_contains($sources, source_id) AND ingest_date BETWEEN $from AND $to
GROUP BY ALL
ORDER BY source_id, ingest_date;
