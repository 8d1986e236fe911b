-- Which names does each article hold, clustered and linked, with the facts of the article beside them?
CREATE OR REPLACE VIEW latest_entities AS
SELECT
    entities.*,
    -- One key for one thing across articles: the id where it was linked, else label and folded name.
    coalesce(entities.kb_id, entities.label || ':' || entities.name_key) AS entity_key,
    latest_articles.article_id,
    latest_articles.title,
    latest_articles.outlet,
    latest_articles.published_day,
    latest_articles.published_confidence,
    latest_articles.url
FROM entities
JOIN latest_articles USING (ingest_date, source_id, capture_id, part_no);
