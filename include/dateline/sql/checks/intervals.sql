-- Does no interval end before it begins, and does each publication day lie in its own?
SELECT 'articles' AS table_name, capture_id, part_no, published_from AS first_day, published_to AS last_day
FROM articles
WHERE published_from > published_to OR published_day < published_from OR published_day > published_to
UNION ALL
SELECT 'blocks', capture_id, part_no, era_from, era_to FROM blocks WHERE era_from > era_to
UNION ALL
SELECT 'dates', capture_id, part_no, value_from, value_to FROM dates WHERE value_from > value_to
