-- Which people are named in most articles?
SELECT name, n_articles AS articles
FROM most_named('PERSON')
LIMIT 8;
