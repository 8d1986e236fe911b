-- Stories printed over several pages, joined: how long they are, and which of their pages were never collected
SELECT title, published_day, n_pages, n_words, missing_pages
FROM joined_articles
WHERE n_pages > 1
ORDER BY n_words DESC, capture_id;
