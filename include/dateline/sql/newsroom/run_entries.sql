-- Which entries of the lake did a run commit, and what does the ledger say of each?
SELECT
    ingest_date, source_id, expected, collected, articles, rejected, withdrawn, undated, mean_words,
    committed_at, build_id
FROM builds
JOIN ledger USING (ingest_date, source_id)
WHERE run_note = $run
ORDER BY ingest_date, source_id
LIMIT $limit;
