-- Who is quoted most?
SELECT speaker
FROM quotations
WHERE speaker IS NOT NULL
GROUP BY speaker
ORDER BY count(*) DESC, speaker
LIMIT 1;
