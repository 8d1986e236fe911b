-- Which story does each article tell, and how close is it to the copy that came first?
CREATE OR REPLACE VIEW story_articles AS
SELECT
    stories.story_id,
    stories.is_representative,
    stories.n_articles,
    stories.similarity,
    stories.containment,
    stories.how,
    stories.matched_capture_id,
    latest_articles.published_day,
    latest_articles.outlet,
    latest_articles.agency,
    latest_articles.title,
    latest_articles.n_words,
    latest_articles.url,
    stories.article_id,
    ingest_date,
    source_id,
    capture_id,
    part_no
FROM stories
-- An article that was withdrawn or got a newer version since has no row until stories is brought up to date.
JOIN latest_articles USING (ingest_date, source_id, capture_id, part_no);
