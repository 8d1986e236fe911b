-- How many rows has each entry among these, and what is the sum of their hashes? The order of rows changes neither.
SELECT ingest_date, source_id, count(*) AS n_rows, sum(hash(every_column)) AS hashes
FROM every_column
GROUP BY ALL
ORDER BY ALL
