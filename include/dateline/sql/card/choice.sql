-- Which article's date is hardest: an undated one with much evidence, else the one with most evidence overruled?
SELECT articles.capture_id, articles.part_no
FROM articles
JOIN date_candidates USING (ingest_date, source_id, capture_id, part_no)
GROUP BY articles.capture_id, articles.part_no, articles.published_day
ORDER BY
    articles.published_day IS NULL DESC,
    count(date_candidates.overridden_by) DESC,
    count(DISTINCT date_candidates.value_from) DESC,
    count(*) DESC,
    articles.capture_id
LIMIT 1;
