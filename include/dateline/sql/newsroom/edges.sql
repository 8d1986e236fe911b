-- Between which days does the lake hold anything, when was it last written, and of how many sources?
SELECT
    min(ingest_date) AS first_ingested,
    max(ingest_date) AS last_ingested,
    max(committed_at) AS committed_at,
    count(*) AS n_entries,
    count(DISTINCT source_id) AS n_sources,
    (SELECT min(published_from) FROM lake_files WHERE table_name = 'articles') AS first_published,
    (SELECT max(published_to) FROM lake_files WHERE table_name = 'articles') AS last_published
FROM builds;
