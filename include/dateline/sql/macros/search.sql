-- Which articles hold all of these words in title, standfirst or text?
CREATE OR REPLACE MACRO search(words) AS TABLE
WITH wanted AS (
    SELECT list_filter(string_split(lower(trim(words)), ' '), lambda word: word <> '') AS terms
),
hits AS (
    SELECT
        *,
        lower(concat_ws(' ', title, standfirst, text)) AS haystack,
        greatest(strpos(lower(text), terms[1]) - 60, 1) AS excerpt_start
    FROM latest_articles, wanted
)
SELECT
    published_day,
    outlet,
    title,
    -- A word that the excerpt would cut in two is left out.
    CASE
        WHEN excerpt_start = 1 THEN left(text, 160)
        ELSE regexp_replace(substr(text, excerpt_start, 160), '^\S*\s+', '')
    END AS excerpt,
    n_words,
    url,
    article_id,
    capture_id,
    part_no
FROM hits
WHERE len(terms) > 0 AND list_bool_and(list_transform(terms, lambda term: contains(haystack, term)))
ORDER BY published_day DESC NULLS LAST, outlet, title, capture_id, part_no;
