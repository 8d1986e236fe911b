-- Which days do articles speak of, in which words, and how far are they from the day of publication?
CREATE OR REPLACE VIEW days_spoken_of AS
SELECT
    dates.value_from,
    dates.value_to,
    dates.text,
    dates.type,
    dates.value,
    dates.precision,
    dates.anchor,
    dates.confidence,
    dates.block_no,
    dates.start_char,
    dates.end_char,
    date_diff('day', latest_articles.published_day, dates.value_from) AS days_ahead,
    latest_articles.article_id,
    latest_articles.title,
    latest_articles.outlet,
    latest_articles.published_day,
    latest_articles.url,
    ingest_date,
    source_id,
    capture_id,
    part_no
FROM dates
JOIN latest_articles USING (ingest_date, source_id, capture_id, part_no)
WHERE dates.value_from IS NOT NULL AND dates.function_in_document IS DISTINCT FROM 'publication_time';
