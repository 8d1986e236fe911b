-- Which places does each article name, and where on the map are they?
CREATE OR REPLACE VIEW places AS
SELECT
    name, name_key, entity_key, label, kb_id, link_confidence, country, admin1, geonameid, lat, lon,
    n_mentions, n_body_mentions, salience,
    article_id, title, outlet, published_day, url, ingest_date, source_id, capture_id, part_no, cluster_no
FROM latest_entities
WHERE label IN ('GPE', 'LOC', 'FAC');
