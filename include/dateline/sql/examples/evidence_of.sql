-- Why the first undated article has no date
SELECT source, value, relation, weight, quote, note
FROM evidence_of((SELECT capture_id FROM undated_articles() LIMIT 1));
