-- Which columns of which articles have another value? Only of articles in both manifests; the text tells by its hash.
WITH before_cells AS (
    SELECT *
    FROM (
        SELECT ingest_date, source_id, capture_id, part_no,
            COLUMNS(* EXCLUDE (ingest_date, source_id, capture_id, part_no, text))::VARCHAR
        FROM before_articles
    ) UNPIVOT INCLUDE NULLS (
        cell FOR column_name IN (COLUMNS(* EXCLUDE (ingest_date, source_id, capture_id, part_no)))
    )
), after_cells AS (
    SELECT *
    FROM (
        SELECT ingest_date, source_id, capture_id, part_no,
            COLUMNS(* EXCLUDE (ingest_date, source_id, capture_id, part_no, text))::VARCHAR
        FROM after_articles
    ) UNPIVOT INCLUDE NULLS (
        cell FOR column_name IN (COLUMNS(* EXCLUDE (ingest_date, source_id, capture_id, part_no)))
    )
)
SELECT
    after_cells.ingest_date,
    after_cells.source_id,
    after_cells.capture_id,
    after_cells.part_no,
    after_articles.title,
    after_cells.column_name,
    before_cells.cell AS before_value,
    after_cells.cell AS after_value
FROM before_cells
JOIN after_cells USING (ingest_date, source_id, capture_id, part_no, column_name)
JOIN after_articles USING (ingest_date, source_id, capture_id, part_no)
WHERE before_cells.cell IS DISTINCT FROM after_cells.cell
ORDER BY ALL
