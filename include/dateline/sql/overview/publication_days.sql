-- On which days were the articles published?
SELECT
    coalesce(published_day::VARCHAR, 'undated') AS published,
    sum(n_articles)::INT AS articles,
    string_agg(coalesce(outlet, '(not told)') || ' ' || n_articles, ', ' ORDER BY n_articles DESC, outlet) AS outlets
FROM article_days
GROUP BY published_day
ORDER BY articles DESC, published_day NULLS LAST
LIMIT 10;
