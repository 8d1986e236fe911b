-- What does each story say in full, its pages joined in order? Stories on one page stand here as they are.
CREATE OR REPLACE VIEW joined_articles AS
WITH paged AS (
    SELECT
        story_pages.head_article_id,
        story_pages.page_no,
        story_pages.stated_pages,
        ingest_date,
        source_id,
        capture_id,
        part_no,
        latest_articles.article_id,
        latest_articles.text,
        latest_articles.n_words,
        sum(length(latest_articles.text) + 2) OVER in_order AS text_after
    FROM story_pages
    JOIN latest_articles USING (ingest_date, source_id, capture_id, part_no)
    WINDOW in_order AS (PARTITION BY story_pages.head_article_id ORDER BY story_pages.page_no)
),

joined AS (
    SELECT
        -- The first page that is there now, should the head have gone since.
        arg_min(capture_id, page_no) AS capture_id,
        string_agg(paged.text, chr(10) || chr(10) ORDER BY page_no) AS text,
        sum(n_words)::INTEGER AS n_words,
        list(
            {
                'page_no': page_no,
                'article_id': article_id,
                'capture_id': capture_id,
                'text_start': (text_after - length(paged.text) - 2)::INTEGER,
                'text_end': (text_after - 2)::INTEGER
            }
            ORDER BY page_no
        ) AS pages,
        list(page_no) AS there,
        greatest(max(page_no), coalesce(max(stated_pages), 1)) AS n_expected
    FROM paged
    GROUP BY head_article_id
)

SELECT
    latest_articles.* REPLACE (
        coalesce(joined.text, latest_articles.text) AS text, coalesce(joined.n_words, latest_articles.n_words) AS n_words
    ),
    coalesce(len(joined.pages), 1)::INTEGER AS n_pages,
    joined.pages,
    list_filter(range(1, joined.n_expected + 1), lambda number: NOT list_contains(joined.there, number)) AS missing_pages
FROM latest_articles
LEFT JOIN joined USING (capture_id)
WHERE joined.capture_id IS NOT NULL OR latest_articles.capture_id NOT IN (SELECT paged.capture_id FROM paged);
