-- How did this article change from capture to capture?
CREATE OR REPLACE MACRO versions_of(wanted_article) AS TABLE
SELECT
    row_number() OVER versions AS version_no,
    captured_at,
    ingest_date,
    title,
    n_words,
    n_words - lag(n_words) OVER versions AS words_added,
    text_sha256 IS DISTINCT FROM lag(text_sha256) OVER versions AS is_changed,
    published_local,
    modified_at,
    source_id,
    source_ref,
    capture_id,
    articles.part_no
FROM articles
JOIN captures USING (ingest_date, source_id, capture_id)
WHERE article_id = wanted_article
WINDOW versions AS (PARTITION BY articles.part_no ORDER BY captured_at NULLS FIRST, ingest_date, capture_id)
ORDER BY articles.part_no, version_no;
