-- Does every row belong to a capture, and every finding to an article part?
SELECT found.table_name, found.capture_id, found.part_no
FROM (
    SELECT DISTINCT 'dates' AS table_name, capture_id, part_no FROM dates
    UNION ALL SELECT DISTINCT 'mentions', capture_id, part_no FROM mentions
    UNION ALL SELECT DISTINCT 'entities', capture_id, part_no FROM entities
    UNION ALL SELECT DISTINCT 'quotes', capture_id, part_no FROM quotes
) AS found
ANTI JOIN articles USING (capture_id, part_no)
UNION ALL
SELECT found.table_name, found.capture_id, NULL
FROM (
    SELECT DISTINCT 'blocks' AS table_name, capture_id FROM blocks
    UNION ALL SELECT DISTINCT 'date_candidates', capture_id FROM date_candidates
    UNION ALL SELECT DISTINCT 'quote_sources', capture_id FROM quote_sources
) AS found
ANTI JOIN captures USING (capture_id)
UNION ALL
SELECT 'quote_sources', quote_sources.capture_id, quote_sources.part_no
FROM quote_sources ANTI JOIN quotes USING (capture_id, part_no, quote_no)
UNION ALL
SELECT 'mentions', mentions.capture_id, mentions.part_no
FROM mentions ANTI JOIN entities USING (capture_id, part_no, cluster_no)
WHERE mentions.cluster_no IS NOT NULL
