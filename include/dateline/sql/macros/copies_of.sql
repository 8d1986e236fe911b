-- Which articles tell the same story as this one, from the earliest on? Takes an article_id or a capture_id.
CREATE OR REPLACE MACRO copies_of(wanted) AS TABLE
SELECT
    published_day,
    outlet,
    title,
    n_words,
    is_representative,
    round(similarity, 3) AS similarity,
    round(containment, 3) AS containment,
    how,
    url,
    story_id,
    article_id,
    capture_id,
    part_no
FROM story_articles
WHERE story_id IN (SELECT story_id FROM stories WHERE article_id = wanted OR capture_id = wanted)
ORDER BY is_representative DESC, published_day NULLS LAST, capture_id, part_no;
