-- Of which sites is there a profile, from how many pages, with how many lines and paths?
SELECT
    site,
    max(n_looked_at) AS n_pages,
    count(*) FILTER (kind = 'line') AS n_lines,
    count(*) FILTER (kind = 'line' AND n_kept > 0) AS n_lines_kept,
    count(DISTINCT dom_path) AS n_paths,
    min(first_seen) AS first_seen,
    max(last_seen) AS last_seen
FROM site_profiles
GROUP BY site
ORDER BY n_pages DESC, site;
