-- Which stories were printed more than once?
SELECT
    title AS story,
    n_articles AS articles,
    array_to_string(outlets, ', ') AS outlets,
    first_day AS "from",
    last_day AS "to"
FROM distinct_stories
WHERE n_articles > 1
ORDER BY n_articles DESC, first_day NULLS LAST, story_id
LIMIT 5;
