-- Does every span in an article's text lie in that text, and do the words of blocks, dates and mentions stand there?
SELECT found.table_name, found.capture_id, found.part_no, found.text_start, found.text_end, found.words
FROM (
    SELECT 'blocks' AS table_name, capture_id, part_no, text_start, text_end, text AS words
    FROM blocks
    UNION ALL SELECT 'dates', capture_id, part_no, text_start, text_end, text FROM dates
    UNION ALL SELECT 'mentions', capture_id, part_no, text_start, text_end, text FROM mentions
    UNION ALL SELECT 'quotes', capture_id, part_no, text_start, text_end, NULL FROM quotes
) AS found
LEFT JOIN articles USING (capture_id, part_no)
WHERE (found.text_start IS NULL) <> (found.text_end IS NULL)
    OR found.text_start < 0
    OR found.text_end < found.text_start
    OR found.text_end > length(articles.text)
    OR found.words <> substring(articles.text, found.text_start + 1, found.text_end - found.text_start)
    OR (found.text_start IS NOT NULL AND articles.capture_id IS NULL)
