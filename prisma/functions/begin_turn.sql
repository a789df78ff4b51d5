-- Everything that must be committed before a model is asked, in one round trip (lib/db/turns.ts). What is
-- refused is raised as PL001 with the code of the error, so that nothing of it stays.
--
-- turn: { userId, owner, conversationId, title, message: { id, parentId, parts }, continues, runsPerUser,
--         pathChars, answers: [{ id, model }] }
-- gives { isNew, questionId, answers: [{ id, model, parts }], path: [{ role, parts }], hasEarlier }; the last two
-- as path_to gives them
--
-- The client waits ten seconds for it (lib/db/client.ts): what waits longer for a lock ends here first, so that
-- nothing is committed of which nobody hears.
CREATE OR REPLACE FUNCTION "begin_turn"(turn JSONB) RETURNS JSONB LANGUAGE plpgsql
SET lock_timeout TO '8s' AS $$
DECLARE
  person TEXT := turn->>'userId';
  conversation TEXT := turn->>'conversationId';
  message TEXT := turn->'message'->>'id';
  parent TEXT := turn->'message'->>'parentId';
  said JSONB := turn->'message'->'parts';
  is_answer BOOLEAN := jsonb_array_length(said) = 0;
  question TEXT := CASE WHEN is_answer THEN parent ELSE message END;
  asked INT := jsonb_array_length(turn->'answers');
  known RECORD;
  found_answers JSONB;
  parent_role "MessageRole";
  running INT;
  is_busy BOOLEAN;
  begun JSONB := '[]';
BEGIN
  -- Turns of one person queue here: the limits below count rows that others may be adding.
  PERFORM 1 FROM "User" WHERE "id" = person FOR NO KEY UPDATE;
  INSERT INTO "Conversation" ("id", "userId", "title") VALUES (conversation, person, turn->>'title')
    ON CONFLICT ("id") DO NOTHING;
  PERFORM 1 FROM "Conversation" WHERE "id" = conversation AND "userId" = person FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'not_found' USING ERRCODE = 'PL001'; END IF;

  -- The same turn again only finds the first.
  SELECT m.*, c."userId" INTO known
    FROM "Message" m JOIN "Conversation" c ON c."id" = m."conversationId" WHERE m."id" = message;
  IF FOUND THEN
    IF known."userId" <> person THEN RAISE EXCEPTION 'not_found' USING ERRCODE = 'PL001'; END IF;
    IF known."conversationId" = conversation AND known."parentId" IS NOT DISTINCT FROM parent THEN
      IF is_answer AND known."role" = 'assistant' THEN
        SELECT jsonb_agg(jsonb_build_object('id', m."id", 'model', m."model", 'parts', '[]'::jsonb)
            ORDER BY m."position") INTO found_answers
          FROM "Message" m JOIN jsonb_array_elements(turn->'answers') a ON m."id" = a->>'id'
          WHERE m."conversationId" = conversation;
      ELSIF NOT is_answer AND known."role" = 'user' AND known."parts" = said THEN
        SELECT jsonb_agg(jsonb_build_object('id', m."id", 'model', m."model", 'parts', '[]'::jsonb)
            ORDER BY m."position") INTO found_answers
          FROM (SELECT * FROM "Message" WHERE "conversationId" = conversation AND "parentId" = message
            ORDER BY "position" LIMIT asked) m;
      END IF;
    END IF;
    IF found_answers IS NULL THEN RAISE EXCEPTION 'conflict' USING ERRCODE = 'PL001'; END IF;
    RETURN jsonb_build_object('isNew', false, 'questionId', question, 'answers', found_answers,
      'path', '[]'::jsonb);
  END IF;

  IF parent IS NULL THEN
    IF is_answer THEN RAISE EXCEPTION 'nothing_said' USING ERRCODE = 'PL001'; END IF;
  ELSE
    SELECT "role" INTO parent_role FROM "Message"
      WHERE "conversationId" = conversation AND "id" = parent;
    IF NOT FOUND THEN RAISE EXCEPTION 'not_found' USING ERRCODE = 'PL001'; END IF;
    IF (parent_role = 'user') <> is_answer THEN
      RAISE EXCEPTION 'wrong_parent' USING ERRCODE = 'PL001';
    END IF;
  END IF;

  -- One turn at a time on each branch, and so many answers at a time for each person.
  SELECT count(*), COALESCE(bool_or(r."conversationId" = conversation AND CASE
      WHEN is_answer THEN m."parentId" = parent
      ELSE q."parentId" IS NOT DISTINCT FROM parent OR r."messageId" = parent END), false)
    INTO running, is_busy
    FROM "Run" r JOIN "Message" m ON m."id" = r."messageId"
      LEFT JOIN "Message" q ON q."id" = m."parentId"
    WHERE r."userId" = person;
  IF is_busy THEN RAISE EXCEPTION 'still_answering' USING ERRCODE = 'PL001'; END IF;
  IF running + asked > (turn->>'runsPerUser')::int THEN
    RAISE EXCEPTION 'too_many_runs' USING ERRCODE = 'PL001';
  END IF;

  -- What a cut answer said, to go on from.
  IF turn->>'continues' IS NOT NULL THEN
    SELECT "parts" INTO begun FROM "Message"
      WHERE "id" = turn->>'continues' AND "conversationId" = conversation AND "parentId" = parent
        AND "role" = 'assistant' AND "status" IN ('length', 'stopped', 'interrupted', 'failed');
    IF NOT FOUND OR NOT is_answer THEN RAISE EXCEPTION 'not_found' USING ERRCODE = 'PL001'; END IF;
  END IF;

  IF NOT is_answer THEN
    INSERT INTO "Message" ("id", "conversationId", "parentId", "role", "parts", "status")
      VALUES (message, conversation, parent, 'user', said, 'complete');
  END IF;
  -- The run's owner lives: it writes this.
  INSERT INTO "RunOwner" ("id") VALUES (turn->>'owner')
    ON CONFLICT ("id") DO UPDATE SET "heartbeatAt" = now()
    WHERE "RunOwner"."heartbeatAt" < now() - interval '1 second';
  INSERT INTO "Message" ("id", "conversationId", "parentId", "role", "parts", "status", "model",
      "comparison")
    SELECT a.value->>'id', conversation, question, 'assistant', begun, 'running', a.value->>'model',
      CASE WHEN asked > 1 THEN turn->'answers'->0->>'id' END
    FROM jsonb_array_elements(turn->'answers') WITH ORDINALITY a ORDER BY a.ordinality;
  INSERT INTO "Run" ("messageId", "conversationId", "userId", "owner")
    SELECT a->>'id', conversation, person, turn->>'owner' FROM jsonb_array_elements(turn->'answers') a;
  UPDATE "Conversation" SET "headId" = turn->'answers'->0->>'id', "updatedAt" = now()
    WHERE "id" = conversation;

  RETURN jsonb_build_object('isNew', true, 'questionId', question,
    'answers', (SELECT jsonb_agg(a || jsonb_build_object('parts', begun))
      FROM jsonb_array_elements(turn->'answers') a)
  ) || "path_to"(question, coalesce((turn->>'pathChars')::int, 2147483647));
END $$;
