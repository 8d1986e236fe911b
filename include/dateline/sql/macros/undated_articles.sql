-- Which articles have no day of publication, why, and within which days must it lie?
CREATE OR REPLACE MACRO undated_articles() AS TABLE
SELECT
    outlet, title, published_from, published_to, published_precision, published_method,
    n_words, url, source_ref, article_id, capture_id, part_no
FROM latest_articles
WHERE published_day IS NULL
ORDER BY outlet NULLS LAST, title, capture_id, part_no;
