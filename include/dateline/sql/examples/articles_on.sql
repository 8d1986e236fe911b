-- News of one day, in the order it came out
SELECT published_local, outlet, title FROM articles_on('2026-03-05');
