-- What became of the pages?
SELECT
    outcome,
    count(*) AS pages,
    string_agg(DISTINCT CASE WHEN outcome <> 'article' THEN reason END, ', ') AS why
FROM captures
GROUP BY outcome
ORDER BY pages DESC, outcome;
