-- Whose time do the blocks of this page belong to?
SELECT
    layer,
    -- A whole year is told by its number.
    CASE
        WHEN strftime(era_from, '%m-%d') = '01-01' AND era_to = era_from + INTERVAL 1 YEAR - INTERVAL 1 DAY
            THEN year(era_from)::VARCHAR
        ELSE concat_ws(' to ', era_from, era_to)
    END AS era,
    count(*) AS blocks,
    string_agg(DISTINCT role, ', ' ORDER BY role) AS roles,
    first(text ORDER BY block_no) AS begins
FROM blocks
WHERE capture_id = $capture_id
GROUP BY layer, era_from, era_to
ORDER BY min(block_no);
