-- How the article with the most versions changed
SELECT version_no, ingest_date, title, n_words, words_added
FROM versions_of((SELECT article_id FROM latest_articles ORDER BY n_versions DESC, article_id LIMIT 1));
