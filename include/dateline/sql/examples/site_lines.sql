-- Words that a site prints on many pages, and that still passed for text: what a pinned profile would take out
SELECT site_profiles.site, site_profiles.n_pages, site_profiles.n_kept, any_value(blocks.text) AS words
FROM site_profiles
JOIN blocks
    ON blocks.capture_id = site_profiles.proofs[1].capture_id AND blocks.block_no = site_profiles.proofs[1].block_no
WHERE site_profiles.kind = 'line' AND site_profiles.n_kept > 0
GROUP BY ALL
ORDER BY site_profiles.n_kept DESC, site_profiles.site, words;
