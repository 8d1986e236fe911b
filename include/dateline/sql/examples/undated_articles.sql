-- Articles that nothing dates to the day, with the bounds that hold
SELECT outlet, title, published_from, published_to, published_method FROM undated_articles();
