-- The twenty people named in most articles
SELECT name, n_articles, first_day, last_day FROM most_named('PERSON') LIMIT 20;
