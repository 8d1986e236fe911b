-- Which outlets are there, over which days, and how many of their articles are dated?
CREATE OR REPLACE MACRO outlets() AS TABLE
SELECT
    outlet,
    count(*) AS n_articles,
    count(published_day) AS n_dated,
    min(published_day) AS first_day,
    max(published_day) AS last_day,
    round(avg(n_words)) AS mean_words,
    list(DISTINCT language ORDER BY language) FILTER (language IS NOT NULL) AS languages
FROM latest_articles
GROUP BY outlet
ORDER BY n_articles DESC, outlet;
