-- What is known of an answer besides what it says becomes one value (lib/facts.ts).
ALTER TABLE "Message" ADD COLUMN "facts" JSONB;

UPDATE "Message" SET "facts" = jsonb_build_object(
    'finishReason', "finishReason",
    'usage', CASE WHEN "inputTokens" IS NOT NULL OR "outputTokens" IS NOT NULL THEN jsonb_build_object(
      'inputTokens', "inputTokens", 'outputTokens', "outputTokens",
      'reasoningTokens', "reasoningTokens", 'cachedTokens', "cachedTokens") END,
    'units', "units", 'costUsd', "costUsd", 'upstreamId', "upstreamId",
    'firstTokenMs', "firstTokenMs", 'totalMs', "totalMs")
  WHERE "role" = 'assistant' AND "status" <> 'running';

ALTER TABLE "Message" DROP COLUMN "finishReason", DROP COLUMN "inputTokens", DROP COLUMN "outputTokens",
  DROP COLUMN "reasoningTokens", DROP COLUMN "cachedTokens", DROP COLUMN "costUsd", DROP COLUMN "units",
  DROP COLUMN "upstreamId", DROP COLUMN "firstTokenMs", DROP COLUMN "totalMs";
