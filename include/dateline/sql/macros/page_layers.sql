-- Whose time is each part of this page of? One row a run of blocks of one layer, in reading order.
CREATE OR REPLACE MACRO page_layers(wanted_capture) AS TABLE
WITH marked AS (
    SELECT *, block_no - row_number() OVER (PARTITION BY layer, era_from, era_to ORDER BY block_no) AS run
    FROM blocks
    WHERE capture_id = wanted_capture
)
SELECT
    min(block_no) AS first_block,
    max(block_no) AS last_block,
    layer,
    era_from,
    era_to,
    list(DISTINCT role ORDER BY role) AS roles,
    count(*) FILTER (kept) AS n_kept,
    avg(layer_confidence) AS layer_confidence,
    left(arg_min(text, block_no), 100) AS begins_with
FROM marked
GROUP BY layer, era_from, era_to, run
ORDER BY first_block;
