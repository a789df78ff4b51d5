import { newId } from "@/lib/base/id"
import { Api } from "./api"
import { articles, ask, composer, expect, finished, test } from "./fixtures"
import { originOf, visit } from "./people"
import { createDatabase, createWire, query, Server } from "./server"

// What cannot be written, was written beyond our bounds, or was committed without anybody hearing of it, costs
// no more than itself.

test.describe.configure({ mode: "parallel" })

async function start(databaseUrl: string) {
  const server = await Server.start({
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: "a secret of thirty-two characters or more",
    AIMLAPI_BASE_URL: process.env.SIMULATOR_URL ?? "",
    DATA_DIR: test.info().outputPath("data"),
  })
  const person = async () => new Api(await visit(server.site), originOf(server.site))
  return { server, person }
}

/** Has the database refuse rows of a table for good, as it does with data that it cannot hold. */
function refuse(databaseUrl: string, table: string, when: string) {
  return query(
    databaseUrl,
    `CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'not to be written' USING ERRCODE = '22P02'; END $$;
     CREATE OR REPLACE TRIGGER refuse BEFORE INSERT OR UPDATE ON "${table}"
       FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION refuse()`,
  )
}

test("an answer whose words cannot be logged ends alone: others are logged and live on", async ({
  simulator,
  mark,
}) => {
  const databaseUrl = await createDatabase()
  const { server, person } = await start(databaseUrl)
  const [ada, bob] = await Promise.all([person(), person()])
  await refuse(databaseUrl, "RunEvent", `NEW."words"::text LIKE '%poison%'`)
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 12 })
  const [hers, his] = [newId(), newId()]
  const calm = bob.turn(his, `repeat exactly: ${"calm ".repeat(40)} ${mark}`)
  await ada.turn(hers, `repeat exactly: there is ${"poison ".repeat(400)} ${mark}`)
  const failed = await ada.last(hers)
  expect(failed.status).toBe("failed")
  expect(failed.parts[0]).toMatchObject({ text: expect.stringContaining("there is poison") })
  await calm
  expect(await bob.last(his)).toMatchObject({ status: "complete", error: null })
  // What he was told was in the log all the while.
  expect(server.output).toContain("run-unwritable")
  expect(server.output).not.toContain("run-lost")
  await ada.turn(hers, "repeat exactly: on", { message: { parentId: failed.id } })
  expect((await ada.last(hers)).status).toBe("complete")
  await server.end("SIGKILL")
})

test("an answer whose figures cannot be saved keeps its words", async () => {
  const databaseUrl = await createDatabase()
  const { server, person } = await start(databaseUrl)
  const ada = await person()
  await refuse(databaseUrl, "Message", `NEW."facts"->'usage'->>'inputTokens' IS NOT NULL`)
  const id = newId()
  await ada.turn(id, "repeat exactly: all of it")
  expect(await ada.last(id)).toMatchObject({
    ...{ status: "complete", usage: null, costUsd: null },
    parts: [{ type: "text", text: "all of it" }],
  })
  await server.end("SIGKILL")
})

test("a result whose figures cannot be saved is kept; one that cannot be saved at all ends as failed", async () => {
  const databaseUrl = await createDatabase()
  const { server, person } = await start(databaseUrl)
  const ada = await person()
  await refuse(databaseUrl, "Generation", 'NEW."units" IS NOT NULL')
  const states = async (id: string) => {
    const { status, outputs } = await (await ada.send("GET", `/api/generations/${id}`)).json()
    return `${status} ${outputs.length}`
  }
  const picture = await ada.generation({ model: "flux/schnell", text: "a red boat" })
  await expect.poll(() => states(picture)).toBe("complete 1")
  await refuse(databaseUrl, "Generation", `NEW."outputs"::text <> '[]'`)
  const lost = await ada.generation({ model: "flux/schnell", text: "a blue boat" })
  await expect.poll(() => states(lost)).toBe("failed 0")
  await server.end("SIGKILL")
})

test("a turn that was committed unheard begins when it is sent again, and is in nobody's way", async () => {
  const databaseUrl = await createDatabase()
  const wire = await createWire(databaseUrl)
  const { server, person } = await start(wire.url)
  const ada = await person()
  const id = newId()
  const message = { id: newId() }
  wire.loseAnswerTo(/begin_turn/)
  expect((await ada.turn(id, "repeat exactly: once", { message })).status()).toBe(503)
  const rows = await query(databaseUrl, `SELECT "status"::text AS status FROM "Message"`)
  expect(rows.map(({ status }) => status)).toEqual(["complete", "running"])
  expect((await ada.turn(id, "repeat exactly: once", { message })).status()).toBe(200)
  const answer = await ada.last(id)
  expect(answer).toMatchObject({ status: "complete", parts: [{ text: "once" }] })

  const [lost, next] = [newId(), newId()]
  const below = { parentId: answer.id }
  wire.loseAnswerTo(/begin_turn/)
  const unheard = { message: { id: lost, ...below } }
  expect((await ada.turn(id, "repeat exactly: unheard", unheard)).status()).toBe(503)
  const asked = { message: { id: next, ...below } }
  expect((await ada.turn(id, "repeat exactly: another", asked)).status()).toBe(200)
  const states = await query(
    databaseUrl,
    `SELECT "parentId", "status"::text AS status FROM "Message" WHERE "role" = 'assistant'
       AND "parentId" IN ('${lost}', '${next}')`,
  )
  expect(new Map(states.map(({ parentId, status }) => [parentId, status]))).toEqual(
    new Map([
      [lost, "interrupted"],
      [next, "complete"],
    ]),
  )
  wire.close()
  await server.end("SIGKILL")
})

test("a conversation with parts that cannot be read opens, says so, gives them away, and goes on", async ({
  desk: page,
  api,
  mark,
}) => {
  const id = newId()
  await api.turn(id, `repeat exactly: the rest ${mark}`)
  const { id: answer } = await api.last(id)
  const broken = [
    { type: "text", text: "the rest" },
    { type: "hologram", secret: 42 },
    { type: "tool-call", callId: "c".repeat(500), name: "n".repeat(500), input: {} },
    { type: "sources", sources: Array(150).fill({ url: "https://a.example", title: "A" }) },
  ]
  await query(
    process.env.DATABASE_URL ?? "",
    `UPDATE "Message" SET "parts" = '${JSON.stringify(broken)}' WHERE "id" = '${answer}'`,
  )
  await page.goto(`/conversations/${id}`)
  await expect(articles(page).last()).toContainText("the rest")
  await expect(articles(page).last()).toContainText("This part of the message cannot be shown.")
  const downloading = page.waitForEvent("download")
  await articles(page).last().getByRole("button", { name: "Download it" }).click()
  const stream = await (await downloading).createReadStream()
  const pieces = await stream.toArray()
  expect(JSON.parse(Buffer.concat(pieces).toString())).toEqual(broken[1])
  await expect(composer(page)).toBeVisible()
  await ask(page, "repeat exactly: and on")
  await expect(articles(page)).toHaveCount(4)
  await expect(await finished(page)).toContainText("and on")
})
