-- Which short lines of these pages hold two numbers? Takes the table `wanted`.
SELECT blocks.capture_id, blocks.text
FROM blocks
JOIN wanted USING (capture_id)
WHERE blocks.ingest_date IN (SELECT unnest($ingest_dates))
    AND length(blocks.text) <= $longest
    AND regexp_matches(blocks.text, '[0-9][^0-9]+[0-9]')
ORDER BY blocks.capture_id, blocks.block_no;
