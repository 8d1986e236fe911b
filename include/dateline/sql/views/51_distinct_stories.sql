-- Which stories are there, each told once, by how many articles of how many outlets, over which days?
CREATE OR REPLACE VIEW distinct_stories AS
SELECT
    story_id,
    min(published_day) AS first_day,
    max(published_day) AS last_day,
    any_value(title) FILTER (is_representative) AS title,
    any_value(outlet) FILTER (is_representative) AS first_outlet,
    count(DISTINCT article_id) AS n_articles,
    count(DISTINCT outlet) AS n_outlets,
    list(DISTINCT outlet ORDER BY outlet) FILTER (outlet IS NOT NULL) AS outlets,
    max(n_words) AS longest_words,
    any_value(article_id) FILTER (is_representative) AS article_id,
    any_value(capture_id) FILTER (is_representative) AS capture_id,
    any_value(part_no) FILTER (is_representative) AS part_no
FROM story_articles
GROUP BY story_id;
