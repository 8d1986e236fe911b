-- What did this person or body say, where was it printed, and through whom did it come?
CREATE OR REPLACE MACRO quotes_by(wanted) AS TABLE
SELECT
    published_day, outlet, speaker, text, kind, cue, heard_through, confidence,
    title, url, capture_id, part_no, quote_no
FROM quotations
WHERE is_named(coalesce(speaker_key, folded(speaker)), speaker_kb_id, wanted)
ORDER BY published_day NULLS LAST, capture_id, part_no, quote_no;
