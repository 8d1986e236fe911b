-- Which days between these two are spoken about, how often, and before or after they came?
CREATE OR REPLACE MACRO days_spoken_about(from_day, to_day) AS TABLE
SELECT
    value_from AS day_spoken_of,
    count(DISTINCT article_id) AS n_articles,
    count(*) AS n_mentions,
    count(*) FILTER (days_ahead > 0) AS n_before_it,
    count(*) FILTER (days_ahead <= 0) AS n_on_or_after_it,
    count(*) FILTER (days_ahead IS NULL) AS n_undated,
    list(DISTINCT text ORDER BY text) AS words
FROM days_spoken_of
WHERE value_from = value_to AND value_from BETWEEN from_day::DATE AND to_day::DATE
GROUP BY value_from
ORDER BY value_from;
