-- Which articles are there, each in its newest captured version?
CREATE OR REPLACE VIEW latest_articles AS
SELECT
    articles.*,
    captures.captured_at,
    captures.site,
    captures.url_final,
    captures.url_canonical,
    captures.url_key,
    captures.source_kind,
    captures.source_ref,
    captures.media_type,
    count(DISTINCT articles.text_sha256) OVER (PARTITION BY articles.article_id, articles.part_no) AS n_versions
FROM articles
JOIN captures USING (ingest_date, source_id, capture_id)
-- A page with several articles gives several rows, all of its newest capture.
QUALIFY articles.capture_id = first_value(articles.capture_id) OVER (
    PARTITION BY articles.article_id
    ORDER BY captures.captured_at DESC NULLS LAST, articles.ingest_date DESC, articles.capture_id DESC
);
