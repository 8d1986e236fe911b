-- Which pages are profiles learnt from? The newest version of each article that has an address, with its story.
SELECT
    latest_articles.capture_id,
    any_value(ingest_date) AS ingest_date,
    any_value(latest_articles.site) AS site,
    any_value(latest_articles.url_key) AS url_key,
    min(coalesce(stories.story_id, latest_articles.article_id)) AS story,
    min(latest_articles.text_sha256) AS text_sha256
FROM latest_articles
LEFT JOIN stories USING (ingest_date, source_id, capture_id, part_no)
WHERE latest_articles.site IS NOT NULL AND latest_articles.url_key IS NOT NULL
GROUP BY latest_articles.capture_id
ORDER BY latest_articles.capture_id;
