-- Which stories does an id mean, be it a story's, or a member's capture or article, cut short or not? Two are enough.
SELECT DISTINCT story_id
FROM stories
WHERE
    (starts_with(story_id, $id) OR starts_with(capture_id, $id) OR starts_with(article_id, $id))
    AND ($part_no IS NULL OR part_no = $part_no)
ORDER BY story_id
LIMIT 2;
