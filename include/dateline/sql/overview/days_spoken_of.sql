-- Which days do the articles speak of?
SELECT
    day_spoken_of AS "day",
    n_articles AS articles,
    n_before_it AS "said before",
    n_on_or_after_it AS "on it or after",
    array_to_string(words[:4], ', ') AS "in these words"
FROM days_spoken_about('0001-01-01', '9999-12-31')
ORDER BY n_articles DESC, day_spoken_of DESC
LIMIT 8;
