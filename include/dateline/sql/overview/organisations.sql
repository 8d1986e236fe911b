-- Which organisations are named in most articles?
SELECT name, n_articles AS articles
FROM most_named('ORG')
LIMIT 8;
