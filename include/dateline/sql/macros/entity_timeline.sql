-- On which days was this name in the news? Undated articles are counted in the last row, at NULL.
CREATE OR REPLACE MACRO entity_timeline(wanted) AS TABLE
SELECT
    published_day,
    count(DISTINCT article_id) AS n_articles,
    sum(n_mentions) AS n_mentions,
    list(DISTINCT outlet ORDER BY outlet) FILTER (outlet IS NOT NULL) AS outlets,
    arg_max(title, coalesce(salience, 0)) AS most_about_it
FROM latest_entities
WHERE is_named(name_key, kb_id, wanted)
GROUP BY published_day
ORDER BY published_day NULLS LAST;
