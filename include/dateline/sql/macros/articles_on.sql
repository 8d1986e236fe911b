-- Which articles were published on this day?
CREATE OR REPLACE MACRO articles_on(wanted_day) AS TABLE
SELECT
    published_day, published_local, published_zone, outlet, title, authors, section, n_words,
    published_confidence, published_method, url, article_id, capture_id, part_no
FROM latest_articles
WHERE published_day = wanted_day::DATE
ORDER BY published_local NULLS LAST, outlet, title, capture_id, part_no;
