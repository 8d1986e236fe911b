-- On which day was each article, counted once, published? Read once a page, like the captures.
CREATE OR REPLACE TEMP TABLE published_articles AS
SELECT ingest_date, source_id, capture_id, part_no, published_day
FROM latest_articles;
