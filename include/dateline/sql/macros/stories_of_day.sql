-- Which stories were told on this day, the most copied ones first, each once?
CREATE OR REPLACE MACRO stories_of_day(wanted_day) AS TABLE
SELECT
    distinct_stories.title,
    count(*) AS n_articles_of_day,
    distinct_stories.n_articles,
    distinct_stories.outlets,
    distinct_stories.first_day,
    distinct_stories.first_outlet,
    story_id
FROM story_articles
JOIN distinct_stories USING (story_id)
WHERE story_articles.published_day = wanted_day::DATE
GROUP BY ALL
ORDER BY n_articles DESC, n_articles_of_day DESC, distinct_stories.title, story_id;
