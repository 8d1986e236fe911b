-- Which places are named in most articles?
SELECT name, n_articles AS articles
FROM most_named('GPE')
LIMIT 8;
