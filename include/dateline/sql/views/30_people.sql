-- Which people does each article name?
CREATE OR REPLACE VIEW people AS
SELECT
    name, name_key, entity_key, kb_id, link_confidence, n_mentions, n_body_mentions, salience,
    article_id, title, outlet, published_day, url, ingest_date, source_id, capture_id, part_no, cluster_no
FROM latest_entities
WHERE label = 'PERSON';
