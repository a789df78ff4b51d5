-- The messages from the root to a question, in reading order: as many of the last ones as have about `most_chars`
-- characters of text (lib/db/turns.ts), so that to ask costs what a model can be told and not what was ever said.
-- What is not text counts an eighth of what it takes in the row. gives { path: [{ role, parts }], hasEarlier }
CREATE OR REPLACE FUNCTION "path_to"(question TEXT, most_chars INT) RETURNS JSONB LANGUAGE sql STABLE AS $$
  WITH RECURSIVE path AS (
    SELECT m."parentId", m."role", m."parts", 0 AS depth, 0::bigint AS chars_after
    FROM "Message" m WHERE m."id" = question
    UNION ALL
    SELECT m."parentId", m."role", m."parts", path.depth + 1,
      path.chars_after + 40 + pg_column_size(path."parts") / 8 + (
        SELECT coalesce(sum(length(part->>'text')), 0)
        FROM jsonb_array_elements(
          CASE jsonb_typeof(path."parts") WHEN 'array' THEN path."parts" ELSE '[]' END) part)
    FROM path JOIN "Message" m ON m."id" = path."parentId"
    WHERE path.chars_after < most_chars
  )
  SELECT jsonb_build_object(
    'path', coalesce(jsonb_agg(jsonb_build_object('role', path."role", 'parts', path."parts")
      ORDER BY path.depth DESC), '[]'),
    'hasEarlier', coalesce(bool_and(path."parentId" IS NOT NULL), false))
  FROM path
$$;
