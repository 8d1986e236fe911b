-- Halifax in the news, day by day
SELECT * FROM entity_timeline('Halifax');
