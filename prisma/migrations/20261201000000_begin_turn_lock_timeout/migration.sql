-- The client waits ten seconds for this function (lib/db/client.ts). What waits longer for a lock ends here
-- first, so that nothing is committed of which nobody hears.
ALTER FUNCTION "begin_turn"(JSONB) SET lock_timeout TO '8s';
