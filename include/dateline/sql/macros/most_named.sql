-- Who and what is named in most articles? Labels: PERSON, ORG, GPE, LOC, FAC, NORP, EVENT ...
CREATE OR REPLACE MACRO most_named(wanted_label) AS TABLE
SELECT
    mode(name ORDER BY name) AS name,
    count(DISTINCT article_id) AS n_articles,
    sum(n_mentions) AS n_mentions,
    min(published_day) AS first_day,
    max(published_day) AS last_day,
    any_value(kb_id ORDER BY kb_id) AS kb_id,
    entity_key
FROM latest_entities
WHERE label = wanted_label
GROUP BY entity_key
ORDER BY n_articles DESC, n_mentions DESC, name;
