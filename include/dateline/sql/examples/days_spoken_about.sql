-- Which days of spring 2026 the articles look forward or back to
SELECT * FROM days_spoken_about('2026-03-01', '2026-05-31');
