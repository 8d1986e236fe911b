-- The outlets, their days and how many of their articles are dated
SELECT * FROM outlets();
