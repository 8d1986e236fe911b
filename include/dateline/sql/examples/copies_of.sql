-- All printings of the story that was copied most
SELECT published_day, outlet, title, n_words, similarity, containment, how
FROM copies_of((SELECT article_id FROM distinct_stories ORDER BY n_articles DESC, story_id LIMIT 1));
