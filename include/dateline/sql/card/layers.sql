-- Whose time do the blocks of this page belong to?
SELECT
    layer,
    CASE WHEN era_from IS NULL THEN '' ELSE era_from || ' to ' || era_to END AS era,
    count(*) AS blocks,
    string_agg(DISTINCT role, ', ' ORDER BY role) AS roles,
    first(text ORDER BY block_no) AS begins
FROM blocks
WHERE capture_id = $capture_id
GROUP BY layer, era_from, era_to
ORDER BY min(block_no);
