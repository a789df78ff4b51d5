import { newId } from "@/lib/base/id"
import { plainText } from "@/lib/message/parts"
import { Api } from "./api"
import { articles, ask, composer, expect, finished, test } from "./fixtures"
import { password } from "./people"
import { createDatabase, query, Server } from "./server"

// Plain lines, so that what is seen is letter for letter what was sent.
const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => `Line ${index} of a text that goes on for a while.`)

test("reloaded at twenty moments of a long stream, the words on the page never shrink and end whole", async ({
  desk: page,
  api,
  simulator,
  mark,
}) => {
  test.setTimeout(120_000)
  const text = lines(200).join("\n\n") // about 2,000 tokens
  await simulator.rule(mark, { name: "text", text, tokensPerSecond: 160 })
  await page.goto("/")
  await ask(page, `Write it all ${mark}`)
  await expect(page).toHaveURL(/conversations/)
  await expect(articles(page).last().getByRole("paragraph").first()).toBeVisible()
  const shown = async () =>
    (await articles(page).last().getByRole("paragraph").allInnerTexts()).join("\n\n")
  let before = ""
  for (let round = 0; round < 20; round++) {
    // Uneven steps, so that the moments fall anywhere between two checkpoints.
    const wanted = Math.min(before.length + 90 + ((round * 137) % 211), text.length - 50)
    await expect
      .poll(async () => (await shown()).length, { intervals: [20] })
      .toBeGreaterThan(wanted)
    before = await shown()
    await page.reload()
    await expect.poll(async () => (await shown()).length, { intervals: [5] }).toBeGreaterThan(0)
    const after = await shown()
    // The last line may stand in the middle of a word: it only grows.
    expect(after.startsWith(before), `round ${round}: ${before.length} → ${after.length}`).toBe(
      true,
    )
  }
  await finished(page)
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? ""
  expect(plainText((await api.last(id)).parts)).toBe(text)
  expect(await shown()).toBe(text)
  expect(await simulator.requests(mark)).toHaveLength(1)
})

test("what an answer costs the database: three times its bytes at most, five writes a second at most", async ({
  browser,
  simulator,
  mark,
}) => {
  test.setTimeout(120_000)
  const databaseUrl = await createDatabase()
  const server = await Server.start({
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: "a secret of thirty-two characters or more",
    AIMLAPI_BASE_URL: process.env.SIMULATOR_URL ?? "",
    DATA_DIR: test.info().outputPath("data"),
  })
  const page = await browser.newPage({ baseURL: server.site })
  await page.goto("/sign-up")
  await page.getByRole("textbox", { name: "Name" }).fill("Ada")
  await page.getByRole("textbox", { name: "Email" }).fill(`${newId()}@example.com`)
  await page.getByRole("textbox", { name: "Password" }).fill(password)
  await page.getByRole("button", { name: "Create account" }).click()
  await expect(composer(page)).toBeVisible()
  // Every row that is written, its size, and the transaction that wrote it.
  await query(
    databaseUrl,
    `CREATE TABLE cost (bytes int, writer bigint, at timestamptz DEFAULT clock_timestamp());
     CREATE FUNCTION count_cost() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       INSERT INTO cost (bytes, writer) VALUES (pg_column_size(NEW.*), txid_current()); RETURN NEW;
     END $$;
     DO $$ DECLARE name text; BEGIN
       FOREACH name IN ARRAY ARRAY['Message', 'Run', 'RunEvent', 'RunOwner', 'Conversation'] LOOP
         EXECUTE format('CREATE TRIGGER cost AFTER INSERT OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION count_cost()', name);
       END LOOP; END $$`,
  )
  const text = lines(330).join("\n\n").slice(0, 16_000)
  await simulator.rule(mark, { name: "text", text, tokensPerSecond: 250 })
  await ask(page, `Write it all ${mark}`)
  await expect(page).toHaveURL(/conversations/)
  await expect(articles(page).last()).toHaveAttribute("aria-busy", "false", { timeout: 60_000 })
  const api = new Api(page.request)
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? ""
  expect(plainText((await api.last(id)).parts)).toBe(text)
  const [total] = await query(databaseUrl, "SELECT sum(bytes)::int AS bytes FROM cost")
  expect(Number(total?.bytes)).toBeLessThanOrEqual(3 * 16_000)
  expect(Number(total?.bytes)).toBeGreaterThan(16_000)
  // The first second holds the question, the run and the first words.
  const [busiest] = await query(
    databaseUrl,
    `SELECT max(writes)::int AS writes FROM (
       SELECT count(DISTINCT other.writer) AS writes FROM cost
       JOIN cost other ON other.at >= cost.at AND other.at < cost.at + interval '1 second'
       GROUP BY cost.at, cost.writer) AS windows`,
  )
  expect(Number(busiest?.writes)).toBeLessThanOrEqual(5)
  // Nothing of the log is left once it is folded into the message.
  expect(await query(databaseUrl, 'SELECT 1 FROM "RunEvent"')).toEqual([])
  await page.close()
  await server.end("SIGTERM")
})
