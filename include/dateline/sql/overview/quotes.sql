-- Who is quoted, and how far did the words travel?
SELECT
    speaker,
    text AS words,
    coalesce(nullif(array_to_string(heard_through, ' < '), ''), '') AS through,
    outlet
FROM quotations
WHERE speaker IS NOT NULL
-- The words that came through most hands first, then one quotation a speaker.
QUALIFY row_number() OVER (PARTITION BY speaker ORDER BY len(heard_through) DESC, len(text) DESC, capture_id, quote_no) = 1
ORDER BY len(heard_through) DESC, len(text) DESC, speaker
LIMIT 6;
