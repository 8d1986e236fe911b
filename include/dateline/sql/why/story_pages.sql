-- Which pages is this story printed over, in whatever outlet, and what numbers each of them?
SELECT
    story_pages.head_capture_id,
    story_pages.page_no,
    story_pages.n_pages,
    story_pages.stated_pages,
    latest_articles.title,
    latest_articles.outlet,
    story_pages.how,
    story_pages.evidence,
    story_pages.capture_id,
    story_pages.part_no
FROM story_pages
LEFT JOIN latest_articles USING (ingest_date, source_id, capture_id, part_no)
WHERE story_pages.head_article_id IN (
    SELECT pages.head_article_id
    FROM story_pages AS pages
    JOIN stories USING (capture_id, part_no)
    WHERE stories.story_id = $story_id
)
ORDER BY story_pages.head_capture_id, story_pages.page_no, story_pages.capture_id;
