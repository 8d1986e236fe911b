-- What was written about one day, before and after it
SELECT published_day, days_ahead, words, around, outlet FROM said_about_day('2026-03-05');
