-- The stories of one day, each once however often it was printed
SELECT title, n_articles, outlets, first_outlet FROM stories_of_day('2026-03-05');
