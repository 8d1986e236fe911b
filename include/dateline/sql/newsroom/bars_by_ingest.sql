-- How many articles, dated or not, and how many rejected captures came in, by ingest day?
WITH counted AS (
    SELECT ingest_date, count(published_day) AS dated, count(*) - count(published_day) AS undated, 0 AS rejected
    FROM articles
    WHERE ingest_date BETWEEN $from AND $to
    GROUP BY ALL
    UNION ALL
    SELECT ingest_date, 0, 0, sum(n_captures)
    FROM counted_captures
    WHERE ingest_date BETWEEN $from AND $to AND list_contains($rejected, outcome)
    GROUP BY ALL
)
SELECT
    -- The first decade of all would begin before Christ, where no calendar day of ours is.
    greatest(date_trunc($unit, ingest_date)::DATE, DATE '0001-01-01') AS first_day,
    sum(dated)::BIGINT AS dated,
    sum(undated)::BIGINT AS undated,
    sum(rejected)::BIGINT AS rejected
FROM counted
GROUP BY first_day
ORDER BY first_day;
