-- Which articles may be pages of a longer story? The newest version of each, where it is its page's only article.
SELECT
    latest_articles.ingest_date,
    latest_articles.source_id,
    latest_articles.capture_id,
    latest_articles.part_no,
    latest_articles.article_id,
    latest_articles.url_key,
    latest_articles.title,
    latest_articles.published_day,
    latest_articles.published_from,
    latest_articles.published_to,
    coalesce(stories.story_id, latest_articles.article_id) AS story
FROM latest_articles
LEFT JOIN stories USING (ingest_date, source_id, capture_id, part_no)
WHERE latest_articles.url_key IS NOT NULL
QUALIFY count(*) OVER (PARTITION BY latest_articles.capture_id) = 1
ORDER BY latest_articles.capture_id;
