-- Which day was written about by most outlets?
SELECT published_day::VARCHAR AS published
FROM article_days
WHERE published_day IS NOT NULL
GROUP BY published_day
ORDER BY count(DISTINCT outlet) DESC, sum(n_articles) DESC, published_day
LIMIT 1;
