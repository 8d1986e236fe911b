-- Which articles name this person, place or organisation, the ones it is central to first?
CREATE OR REPLACE MACRO articles_about(wanted) AS TABLE
SELECT
    published_day,
    outlet,
    title,
    list(DISTINCT name ORDER BY name) AS names,
    sum(n_mentions) AS n_mentions,
    max(salience) AS salience,
    url,
    article_id,
    capture_id,
    part_no
FROM latest_entities
WHERE is_named(name_key, kb_id, wanted)
GROUP BY ALL
ORDER BY salience DESC NULLS LAST, n_mentions DESC, published_day DESC NULLS LAST, capture_id, part_no;
