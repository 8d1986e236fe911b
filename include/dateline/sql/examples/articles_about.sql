-- Everything that names the World Health Organization
SELECT published_day, outlet, title, n_mentions FROM articles_about('World Health Organization');
