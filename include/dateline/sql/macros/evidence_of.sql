-- What speaks for and against each publication date of this capture?
CREATE OR REPLACE MACRO evidence_of(wanted_capture) AS TABLE
SELECT
    part_no, candidate_no, kind, source, value, relation, quote, date_candidates.weight, external,
    overridden_by, note, blocks.role, blocks.layer, block_no, start_char, end_char
FROM date_candidates
LEFT JOIN (SELECT capture_id, block_no, role, layer FROM blocks) AS blocks USING (capture_id, block_no)
WHERE capture_id = wanted_capture
ORDER BY part_no, candidate_no;
