-- Are the captures of each entry articles, rejected, withdrawn or without bytes, each exactly one of them?
SELECT ledger.ingest_date, ledger.source_id, ledger.expected, ledger.articles, ledger.rejected, ledger.withdrawn
FROM ledger
LEFT JOIN (
    SELECT ingest_date, source_id, count(*) AS n
    FROM captures
    SEMI JOIN (SELECT list_value AS outcome FROM closed_lists WHERE list_name = 'byteless_outcome') USING (outcome)
    GROUP BY ALL
) AS byteless USING (ingest_date, source_id)
WHERE ledger.expected <> ledger.articles + ledger.rejected + ledger.withdrawn + coalesce(byteless.n, 0)
