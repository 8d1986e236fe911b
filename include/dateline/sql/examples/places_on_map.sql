-- Places with their coordinates, for a map
SELECT name, country, lat, lon, count(DISTINCT article_id) AS n_articles
FROM places
WHERE lat IS NOT NULL
GROUP BY ALL
ORDER BY n_articles DESC, name;
