-- Does every span lie in the text of its block, and do the words of dates and mentions stand there?
SELECT found.table_name, found.capture_id, found.block_no, found.start_char, found.end_char, found.words
FROM (
    SELECT 'dates' AS table_name, capture_id, block_no, start_char, end_char, text AS words FROM dates
    UNION ALL SELECT 'mentions', capture_id, block_no, start_char, end_char, text FROM mentions
    UNION ALL SELECT 'quotes', capture_id, block_no, start_char, end_char, NULL FROM quotes
    UNION ALL
    SELECT 'date_candidates', capture_id, block_no, start_char, end_char, NULL
    FROM date_candidates
    WHERE block_no IS NOT NULL AND start_char IS NOT NULL
) AS found
LEFT JOIN blocks USING (capture_id, block_no)
WHERE blocks.block_no IS NULL
    OR found.start_char < 0
    OR found.end_char < found.start_char
    OR found.end_char > length(blocks.text)
    OR found.words <> substring(blocks.text, found.start_char + 1, found.end_char - found.start_char)
