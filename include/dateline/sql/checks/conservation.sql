-- Does every capture with outcome article have articles, every rejected one a row in rejected, and nothing else either?
SELECT captures.capture_id, captures.outcome, 'has no row in articles' AS problem
FROM captures ANTI JOIN articles USING (capture_id)
WHERE captures.outcome = 'article'
UNION ALL
SELECT captures.capture_id, captures.outcome, 'has no row in rejected'
FROM captures
SEMI JOIN (SELECT list_value AS outcome FROM closed_lists WHERE list_name = 'rejected_outcome') USING (outcome)
ANTI JOIN rejected ON captures.capture_id = rejected.capture_id
UNION ALL
SELECT articles.capture_id, NULL, 'has articles, but not the outcome article'
FROM articles
ANTI JOIN (SELECT capture_id FROM captures WHERE outcome = 'article') USING (capture_id)
UNION ALL
SELECT rejected.capture_id, rejected.outcome, 'is rejected, but its outcome says otherwise'
FROM rejected ANTI JOIN captures USING (capture_id, outcome)
