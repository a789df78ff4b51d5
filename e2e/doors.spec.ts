import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { newId } from "@/lib/base/id"
import type { Api } from "./api"
import { missing, test } from "./door-worlds"
import { doors, fresh, type Owned, turnBody } from "./doors"
import { expect } from "./fixtures"
import { sameOrigin, signIn, signUp, site } from "./people"

test("every route file has a row for each of its methods", () => {
  const root = join(import.meta.dirname, "../app/api")
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith("route.ts"),
  )
  expect(files.length).toBeGreaterThan(5)
  const missing = files.flatMap((name) => {
    const file = name.replace(/\/?route\.ts$/, "")
    const source = readFileSync(join(root, name), "utf8")
    const methods = [
      ...source.matchAll(/\b(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b(?= =|,| \})/g),
    ]
    return [...new Set(methods.map(([method]) => method))]
      .filter((method) => !doors.some((door) => door.file === file && door.method === method))
      .map((method) => `${method} ${file}`)
  })
  expect(missing).toEqual([])
})

// Numbered, since some doors are knocked at in several ways.
const answering = doors
  .filter(({ isEndless }) => !isEndless)
  .map((door, index) => ({ ...door, name: `${index + 1}. ${door.method} ${door.file}` }))

test.describe("somebody else", () => {
  for (const door of answering) {
    test(`${door.name}: nobody and a stranger get what they should, and learn nothing`, async ({
      world: { a, owned, before },
      strangers: { nobody, b },
    }) => {
      const call = (who: Api, what: Owned) =>
        who.send(door.method, door.path(what), door.body?.(what))
      expect((await call(nobody, owned)).status(), "nobody").toBe(door.nobody)
      const refusal = await call(b, owned)
      expect(refusal.status(), "a stranger").toBe(door.stranger)
      if (door.stranger !== 404) return
      const { error } = await refusal.json()
      expect(JSON.stringify(error)).not.toContain(owned.conversation)
      if (door.method !== "POST") {
        const nothing = (await (await call(b, missing())).json()).error
        expect({ ...error, requestId: "" }).toEqual({ ...nothing, requestId: "" })
      }
      expect(await a.conversation(owned.conversation)).toEqual(before)
    })
  }

  test("A's ids inside B's own conversation are no way in", async ({
    world: { a, owned, before },
    strangers: { b },
    simulator,
  }) => {
    const own = newId()
    for (const id of [owned.question, owned.answer]) {
      for (const message of [{ parentId: id }, { id }, { id: newId(), parentId: id, parts: [] }]) {
        expect((await b.turn(own, "x", { message })).status()).toBe(404)
      }
    }
    expect((await b.send("GET", `/api/conversations/${own}`)).status()).toBe(404)
    await b.turn(own, "repeat exactly: mine")
    for (const change of [{ headId: owned.answer }, { picked: owned.answer }]) {
      expect((await b.send("PATCH", `/api/conversations/${own}`, change)).status()).toBe(404)
    }
    for (const method of ["GET", "DELETE"]) {
      const path = `/api/conversations/${own}/turn?message=${owned.answer}`
      expect((await b.send(method, path)).status(), method).toBe(404)
    }
    expect(await a.conversation(owned.conversation)).toEqual(before)
    expect(await simulator.requests(`secret of A ${owned.conversation}`)).toHaveLength(1)
  })
})

test.describe("its owner", () => {
  // In their order, and with what nobody else looks at: some doors delete.
  for (const door of answering) {
    test(`${door.name}: opens for its owner, with the headers that keep it private`, async ({
      ownWorld: { a, owned },
    }) => {
      const response = await a.send(door.method, door.path(owned), door.body?.(owned))
      expect(response.status()).toBe(door.owner)
      expect(response.headers()["cache-control"]).toContain(door.isKept ? "private" : "no-store")
      expect(response.headers()).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "content-security-policy": expect.stringContaining("sandbox"),
      })
    })
  }
})

test("pages of A are 404 for B and lead nobody to the sign-in", async ({
  api,
  desk: page,
  browser,
  mark,
}) => {
  await api.turn(mark, `secret of A ${mark}`)
  await page.goto(`/conversations/${mark}`)
  await expect(page.getByRole("article").first()).toContainText("secret of A")

  const other = await browser.newContext({ baseURL: site })
  const anonymous = await other.request.get(`/conversations/${mark}`, { maxRedirects: 0 })
  expect(anonymous.status()).toBe(307)
  expect(await anonymous.text()).not.toContain("secret of A")
  await signIn(other.request, (await signUp(other.request)).email)
  const asB = await other.request.get(`/conversations/${mark}`)
  expect(asB.status()).toBe(404)
  expect(await asB.text()).not.toContain("secret of A")
  const asPayload = await other.request.get(`/conversations/${mark}`, { headers: { rsc: "1" } })
  expect(await asPayload.text()).not.toContain("secret of A")
  await other.close()
})

test("the proxy decides nothing: skipping it opens no door", async ({ playwright, api, mark }) => {
  await api.turn(mark, "secret")
  const skip = [
    "proxy",
    "middleware",
    "src/middleware",
    "middleware:middleware:middleware:middleware:middleware",
  ]
  for (const value of skip) {
    const request = await playwright.request.newContext({
      baseURL: site,
      extraHTTPHeaders: { "x-middleware-subrequest": value },
    })
    expect((await request.get(`/conversations/${mark}`, { maxRedirects: 0 })).status()).toBe(307)
    expect((await request.get(`/api/conversations/${mark}`)).status()).toBe(401)
  }
})

test("other sites can make a browser change nothing", async ({ desk: page, mark }) => {
  const data = { title: "changed" }
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site", ...sameOrigin },
    { "sec-fetch-site": "same-site", ...sameOrigin },
    {}, // cookies, and not a word about where it comes from
  ]
  for (const headers of foreign) {
    const response = await page.request.patch(`/api/conversations/${mark}`, { headers, data })
    expect(response.status(), JSON.stringify(headers)).toBe(403)
    expect(response.headers()["access-control-allow-origin"]).toBeUndefined()
  }
  const plain = await page.request.fetch(`/api/conversations/${mark}/turn`, {
    method: "POST",
    headers: { ...sameOrigin, "content-type": "text/plain" },
    data: JSON.stringify(turnBody(fresh(null))),
  })
  expect(plain.status()).toBe(415)
  const signOut = await page.request.post("/api/auth/signout", {
    headers: { origin: "https://evil.example" },
    form: {},
  })
  expect(signOut.status()).toBe(403)
})

test("bad bodies of any shape are a clear 4xx and harm nobody", async ({ api, mark }) => {
  const bodies = [
    null,
    [],
    {},
    "text",
    7,
    { message: null },
    { message: [], models: {} },
    { title: { not: "" } },
    { headId: ["x"] },
  ]
  for (const [method, path] of [
    ["POST", "/api/sign-up"],
    ["PATCH", `/api/conversations/${mark}`],
    ["POST", `/api/conversations/${mark}/turn`],
  ] as const) {
    for (const body of bodies) {
      const response = await api.send(method, path, JSON.stringify(body))
      const { error } = await response.json()
      expect(response.status(), `${method} ${path} ${JSON.stringify(body)}`).toBeLessThan(500)
      expect(error.message).toBeTruthy()
      expect(error.message).not.toMatch(/prisma|sql|\bat \//i)
    }
    const none = await api.send(method, path)
    expect(none.status()).toBe(415)
  }
  for (const text of ["", "  ", "\u0000", "\n\t"])
    expect((await api.turn(mark, text)).status()).toBe(400)
  for (const model of ["a\u0000b", "", "x".repeat(201)]) {
    expect((await api.turn(mark, "hi", { model })).status()).toBe(400)
  }
  const halves = Array.from({ length: 6 }, () => ({ type: "text", text: "x".repeat(40_000) }))
  expect((await api.turn(mark, "", { message: { parts: halves } })).status()).toBe(400)
  for (const query of ["%00", "%25", "_", "%5C"]) {
    const found = await api.send("GET", `/api/conversations?q=${query}`)
    expect([found.status(), (await found.json()).conversations]).toEqual([200, []])
  }
  const tooLong = await api.turn(mark, "x".repeat(200_001))
  expect(tooLong.status()).toBe(400)
  expect((await api.turn(mark, "x".repeat(1_200_000))).status()).toBe(413)
  for (const id of ["short", "../../etc/passwd", "%00", "a".repeat(65)]) {
    expect((await api.send("GET", `/api/conversations/${encodeURIComponent(id)}`)).status()).toBe(
      404,
    )
  }
  expect((await api.send("PUT", `/api/conversations/${mark}`)).status()).toBe(405)
  expect((await api.send("GET", "/api/health")).status()).toBe(200)
})

test("next-auth's addresses take small plain fields, and only those that we use exist", async ({
  request,
}) => {
  const post = (path: string, data: unknown) =>
    request.post(`/api/auth/${path}`, { headers: sameOrigin, data: JSON.stringify(data) })
  expect((await post("callback/credentials", { email: "x".repeat(20_000) })).status()).toBe(413)
  for (const callbackUrl of [{}, [], 7]) {
    expect((await post("callback/credentials", { callbackUrl })).status()).toBeLessThan(500)
  }
  for (const path of ["_log", "signin/credentials", "providers", "error", "callback/none"]) {
    expect((await post(path, {})).status(), path).toBe(404)
    expect((await request.get(`/api/auth/${path}`)).status(), path).toBe(404)
  }
})
