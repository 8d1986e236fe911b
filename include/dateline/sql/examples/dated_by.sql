-- What the publication dates rest on
SELECT published_method, n_articles, mean_confidence FROM dated_by();
