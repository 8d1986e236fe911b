-- Which words stand on pages of several stories of a site, letter by letter? Takes the table `pages`.
SELECT pages.site, blocks.text
FROM blocks
JOIN pages USING (capture_id)
GROUP BY pages.site, blocks.text
HAVING count(DISTINCT pages.story) >= $least;
