-- How many articles, each counted once, have no publication day?
SELECT count(*) AS n_articles
FROM published_articles
WHERE published_day IS NULL;
