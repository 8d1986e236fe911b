-- Which articles tell this story, from the earliest on, which represents it, and what ties each other one to it?
SELECT
    stories.capture_id,
    stories.part_no,
    latest_articles.title,
    latest_articles.outlet,
    latest_articles.published_day,
    latest_articles.published_at,
    latest_articles.n_words,
    latest_articles.url,
    stories.article_id,
    stories.ingest_date,
    stories.source_id,
    stories.is_representative,
    stories.compared_day,
    stories.compared_by,
    stories.how,
    stories.similarity,
    stories.containment,
    stories.matched_capture_id,
    stories.matched_part_no,
    stories.matched_similarity,
    stories.matched_containment
FROM stories
-- What was withdrawn or got a newer version since has no title until stories is brought up to date.
LEFT JOIN latest_articles USING (ingest_date, source_id, capture_id, part_no)
WHERE stories.story_id = $story_id
ORDER BY
    NOT stories.is_representative,
    stories.compared_by <> 'published',
    stories.compared_day,
    latest_articles.published_at NULLS LAST,
    stories.article_id,
    stories.capture_id,
    stories.part_no;
