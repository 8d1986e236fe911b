-- Which outlets are there, and when were their articles published?
SELECT
    coalesce(outlet, '(not told)') AS outlet,
    n_articles AS articles,
    n_articles - n_dated AS undated,
    first_day AS "from",
    last_day AS "to",
    array_to_string(languages, ' ') AS languages
FROM outlets()
LIMIT 12;
