-- Articles that hold two words
SELECT published_day, outlet, title, excerpt FROM search('cable repair');
