-- Is every outcome, page kind, role and layer one of its closed list?
SELECT DISTINCT used.list_name, used.list_value, used.capture_id
FROM (
    SELECT 'outcome' AS list_name, outcome AS list_value, capture_id FROM captures
    UNION ALL SELECT 'rejected_outcome', outcome, capture_id FROM rejected
    UNION ALL SELECT 'page_kind', page_kind, capture_id FROM articles
    UNION ALL SELECT 'role', role, capture_id FROM blocks
    UNION ALL SELECT 'layer', layer, capture_id FROM blocks
) AS used
ANTI JOIN closed_lists USING (list_name, list_value)
