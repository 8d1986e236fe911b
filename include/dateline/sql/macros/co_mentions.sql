-- Which names stand in the same articles as this one, and in how many?
CREATE OR REPLACE MACRO co_mentions(wanted) AS TABLE
WITH found AS (
    SELECT DISTINCT capture_id, part_no FROM latest_entities WHERE is_named(name_key, kb_id, wanted)
)
SELECT
    mode(name ORDER BY name) AS name,
    label,
    count(DISTINCT article_id) AS n_articles,
    sum(n_mentions) AS n_mentions,
    min(published_day) AS first_day,
    max(published_day) AS last_day,
    entity_key
FROM latest_entities
JOIN found USING (capture_id, part_no)
WHERE NOT is_named(name_key, kb_id, wanted)
GROUP BY entity_key, label
ORDER BY n_articles DESC, n_mentions DESC, name, label;
