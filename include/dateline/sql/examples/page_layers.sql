-- Whose time each part of an undated page is of
SELECT first_block, last_block, layer, era_from, era_to, begins_with
FROM page_layers((SELECT capture_id FROM undated_articles() LIMIT 1));
