-- Articles a day and outlet
SELECT published_day, outlet, n_articles FROM article_days ORDER BY published_day NULLS LAST, outlet;
