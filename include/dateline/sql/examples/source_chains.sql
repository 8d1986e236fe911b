-- Quotations that came through somebody else
SELECT published_day, outlet, speaker, text, heard_through
FROM quotations
WHERE len(heard_through) > 0
ORDER BY published_day NULLS LAST, capture_id, quote_no;
