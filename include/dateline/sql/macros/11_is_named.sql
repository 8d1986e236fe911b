-- Does an entity go by this name? Its whole name, some whole words of it, or its id in the knowledge base.
CREATE OR REPLACE MACRO is_named(entity_name_key, entity_kb_id, wanted) AS (
    (folded(wanted) <> '' AND contains(' ' || entity_name_key || ' ', ' ' || folded(wanted) || ' '))
    OR coalesce(entity_kb_id = wanted, false)
);
