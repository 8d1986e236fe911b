-- Who and what stands beside Nairobi
SELECT name, label, n_articles FROM co_mentions('Nairobi') LIMIT 20;
