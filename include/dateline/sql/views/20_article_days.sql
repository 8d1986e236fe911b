-- How many articles has each outlet for each day of publication? Undated ones stand at NULL.
CREATE OR REPLACE VIEW article_days AS
SELECT
    published_day,
    outlet,
    count(*) AS n_articles,
    sum(n_words) AS n_words,
    avg(published_confidence) AS mean_confidence
FROM latest_articles
GROUP BY published_day, outlet;
