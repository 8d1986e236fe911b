-- What is announced: days that lie after the day of publication
SELECT value_from AS day_spoken_of, text, published_day, outlet, title
FROM days_spoken_of
WHERE days_ahead > 0 AND value_from = value_to
ORDER BY value_from, published_day, title;
