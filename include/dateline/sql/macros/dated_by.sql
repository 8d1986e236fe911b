-- Which kind of evidence dates how many articles, and how sure is it?
CREATE OR REPLACE MACRO dated_by() AS TABLE
SELECT
    published_method,
    count(*) AS n_articles,
    count(published_day) AS n_to_the_day,
    avg(published_confidence) AS mean_confidence,
    min(published_from) AS first_day,
    max(published_to) AS last_day
FROM latest_articles
GROUP BY published_method
ORDER BY n_articles DESC, published_method;
