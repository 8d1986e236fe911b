-- What does one site's profile say, with the words of a line from one of its proof pages that is still there?
WITH chosen AS (
    SELECT *, row_number() OVER (ORDER BY kind, n_kept DESC, n_pages DESC, section, line_key, dom_path) AS place
    FROM site_profiles
    WHERE site = $site
),

proven AS (
    SELECT claims.place, min(blocks.text) AS text, list(DISTINCT claims.proof.capture_id ORDER BY claims.proof.capture_id) AS proofs
    FROM (SELECT place, unnest(proofs) AS proof FROM chosen) AS claims
    LEFT JOIN blocks ON blocks.capture_id = claims.proof.capture_id AND blocks.block_no = claims.proof.block_no
    GROUP BY claims.place
)

SELECT
    chosen.kind,
    chosen.section,
    coalesce(chosen.dom_path, proven.text, '(its pages are gone)') AS words,
    chosen.n_pages,
    chosen.n_kept,
    chosen.n_looked_at,
    chosen.first_seen,
    chosen.last_seen,
    proven.proofs
FROM chosen
JOIN proven USING (place)
ORDER BY chosen.place;
