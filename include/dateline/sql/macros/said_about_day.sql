-- What do articles say about this day, each in its own words, before and after it came?
CREATE OR REPLACE MACRO said_about_day(wanted_day) AS TABLE
SELECT
    published_day,
    days_ahead,
    days_spoken_of.text AS words,
    substr(blocks.text, greatest(start_char - 79, 1), 160) AS around,
    outlet,
    title,
    url,
    days_spoken_of.capture_id,
    days_spoken_of.part_no,
    days_spoken_of.block_no
FROM days_spoken_of
JOIN blocks USING (ingest_date, source_id, capture_id, block_no)
WHERE wanted_day::DATE BETWEEN value_from AND value_to AND value_to - value_from <= 7
ORDER BY
    published_day NULLS LAST, days_spoken_of.capture_id, days_spoken_of.part_no, days_spoken_of.block_no, start_char;
