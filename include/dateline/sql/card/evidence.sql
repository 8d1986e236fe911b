-- What speaks for and against each date of this article?
SELECT
    candidate_no AS no,
    CASE
        WHEN overridden_by IS NOT NULL THEN 'beaten by ' || overridden_by
        WHEN relation = 'none' THEN 'says nothing'
        ELSE 'stands'
    END AS verdict,
    concat_ws(
        ' ',
        nullif(relation, 'none'),
        CASE
            WHEN value IS NOT NULL THEN value
            WHEN value_from = value_to THEN value_from::VARCHAR
            WHEN strftime(value_from, '%m-%d') = '01-01' AND value_to = value_from + INTERVAL 1 YEAR - INTERVAL 1 DAY
                THEN year(value_from)::VARCHAR
            ELSE nullif(concat_ws(' to ', value_from, value_to), '')
        END
    ) AS says,
    source,
    nullif(round(weight, 1), 0) AS weight,
    concat_ws(': ', '"' || nullif(left(quote, 60), '') || '"', nullif(note, '')) AS "words: why they count so"
FROM date_candidates
WHERE capture_id = $capture_id AND part_no = $part_no
ORDER BY overridden_by IS NOT NULL, relation = 'none', abs(weight) DESC, candidate_no;
