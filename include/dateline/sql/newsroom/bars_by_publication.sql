-- How many articles, each counted once, were published on each day?
SELECT
    -- The first decade of all would begin before Christ, where no calendar day of ours is.
    greatest(date_trunc($unit, published_day)::DATE, DATE '0001-01-01') AS first_day,
    count(*) AS dated,
    0 AS undated,
    0 AS rejected
FROM published_articles
WHERE published_day BETWEEN $from AND $to
GROUP BY ALL
ORDER BY first_day;
