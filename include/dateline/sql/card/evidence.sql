-- What speaks for and against each date of this article?
SELECT
    candidate_no AS no,
    coalesce(value, CASE WHEN value_from = value_to THEN value_from::VARCHAR ELSE concat_ws(' to ', value_from, value_to) END) AS date,
    relation,
    source,
    quote AS words,
    round(weight, 1) AS weight,
    CASE WHEN overridden_by IS NOT NULL THEN 'beaten by ' || overridden_by WHEN relation = 'none' THEN 'says nothing' ELSE 'stands' END AS verdict,
    note
FROM date_candidates
WHERE capture_id = $capture_id AND part_no = $part_no
ORDER BY overridden_by IS NOT NULL, relation = 'none', abs(weight) DESC, candidate_no;
