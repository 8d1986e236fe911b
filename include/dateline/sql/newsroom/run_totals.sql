-- How much of the lake did a run commit that no later run has replaced?
SELECT
    count(*) AS n_entries,
    count(DISTINCT ingest_date) AS n_days,
    min(ingest_date) AS first_day,
    max(ingest_date) AS last_day,
    coalesce(sum(expected), 0)::BIGINT AS expected,
    coalesce(sum(collected), 0)::BIGINT AS collected,
    coalesce(sum(articles), 0)::BIGINT AS articles,
    coalesce(sum(rejected), 0)::BIGINT AS rejected,
    coalesce(sum(withdrawn), 0)::BIGINT AS withdrawn,
    coalesce(sum(undated), 0)::BIGINT AS undated,
    max(committed_at) AS committed_at
FROM builds
JOIN ledger USING (ingest_date, source_id)
WHERE run_note = $run;
