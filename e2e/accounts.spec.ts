import { newId } from "@/lib/base/id"
import { expect, test } from "./fixtures"
import { password, sameOrigin, signIn, signUp, site } from "./people"

test("ten wrong passwords are answered, the eleventh is not; other accounts are unharmed", async ({
  request,
}) => {
  const { email } = await signUp(request)
  const statuses: number[] = []
  for (let attempt = 0; attempt < 12; attempt++) {
    statuses.push((await signIn(request, email, `wrong ${attempt}`)).status())
  }
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
  const spelled = await signIn(request, ` ${email.toUpperCase()} `)
  expect(spelled.status(), "another spelling is the same account").toBe(429)
  expect(spelled.headers()["retry-after"]).toBeTruthy()
  const other = await signUp(request)
  expect((await signIn(request, other.email)).status()).toBe(200)
})

test("parallel wrong passwords do not slip past the counter", async ({ request }) => {
  const { email } = await signUp(request)
  const { csrfToken } = await (await request.get("/api/auth/csrf")).json()
  const responses = await Promise.all(
    Array.from({ length: 20 }, () =>
      request.post("/api/auth/callback/credentials", {
        headers: sameOrigin,
        form: { email, password: "wrong", csrfToken, json: "true" },
      }),
    ),
  )
  expect(responses.filter((response) => response.status() === 401)).toHaveLength(10)
  expect(responses.filter((response) => response.status() === 429)).toHaveLength(10)
})

test("signing in and up tell nobody which accounts exist", async ({ request }) => {
  const { email } = await signUp(request)
  const known = await signIn(request, email, "wrong password")
  const unknown = await signIn(request, `${newId()}@example.com`, "wrong password")
  expect([unknown.status(), await unknown.text()]).toEqual([known.status(), await known.text()])
  const again = (address: string) =>
    request.post("/api/sign-up", {
      headers: sameOrigin,
      data: { name: "Mallory", email: address, password: "another good password" },
    })
  const [taken, free] = [await again(email.toUpperCase()), await again(`${newId()}@example.com`)]
  expect([taken.status(), await taken.text()]).toEqual([free.status(), await free.text()])
  expect((await signIn(request, email, "another good password")).status()).toBe(401)
  expect((await signIn(request, email)).status()).toBe(200)
})

test("bad passwords and fields are refused with words; long ones are welcome", async ({
  request,
}) => {
  const attempt = (change: object) =>
    request.post("/api/sign-up", {
      headers: sameOrigin,
      data: { name: "Ada", email: `${newId()}@example.com`, password, ...change },
    })
  for (const [change, words] of [
    [{ password: "short" }, /at least 8/],
    [{ password: "password123" }, /common/],
    [{ password: "x".repeat(257) }, /at most 256/],
    [{ email: "nobody" }, /email/],
    [{ name: " " }, /name/],
    [{ role: "admin" }, /role/],
  ] as const) {
    const response = await attempt(change)
    expect(response.status(), JSON.stringify(change)).toBe(400)
    expect((await response.json()).error.message).toMatch(words)
  }
  expect(
    (
      await attempt({ password: "pässwörter sind länger als man denkt, und das ist auch gut so!" })
    ).status(),
  ).toBe(201)
})

test("a session ends at once when it is signed out, and forged ones never were", async ({
  desk: page,
  person,
  playwright,
}) => {
  const cookies = await page.context().cookies()
  const session = cookies.find((cookie) => cookie.name.endsWith("polylogue-session"))
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" })
  const key = session?.value ?? ""
  expect(key).toMatch(/^[\w-]{43}$/)
  const status = async (value: string) => {
    const request = await playwright.request.newContext({
      baseURL: site,
      extraHTTPHeaders: { cookie: `polylogue-session=${value}` },
    })
    return (await request.get("/api/conversations")).status()
  }
  expect(await status(key)).toBe(200)
  // Signing in again in the same browser leaves no second key behind.
  expect((await signIn(page.request, person.email)).status()).toBe(200)
  expect(await status(key)).toBe(401)
  const renewed = (await page.context().cookies()).find(({ name }) => name === session?.name)
  expect(await status(renewed?.value ?? "")).toBe(200)
  const swapped = key.startsWith("A") ? `B${key.slice(1)}` : `A${key.slice(1)}`
  const unsigned = `${btoa('{"alg":"none"}')}.${btoa('{"sub":"x"}')}.`
  for (const forged of [swapped, unsigned, "", "null", "%00", "' OR 1=1"])
    expect(await status(forged)).toBe(401)

  const { csrfToken } = await (await page.request.get("/api/auth/csrf")).json()
  await page.request.post("/api/auth/signout", {
    headers: sameOrigin,
    form: { csrfToken, json: "true" },
  })
  expect(await status(renewed?.value ?? "")).toBe(401)
})

test("a callback leads only to this site", async ({ page, person, browser }) => {
  expect(page.url()).toBeTruthy()
  for (const callback of [
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
  ]) {
    const context = await browser.newContext({ baseURL: site })
    const visitor = await context.newPage()
    await visitor.goto(`/sign-in?callbackUrl=${encodeURIComponent(callback)}`)
    await visitor.getByRole("textbox", { name: "Email" }).fill(person.email)
    await visitor.getByRole("textbox", { name: "Password" }).fill(password)
    await visitor.getByRole("button", { name: "Sign in" }).click()
    await expect(visitor.getByRole("textbox", { name: "Message" })).toBeVisible()
    expect(new URL(visitor.url()).origin).toBe(new URL(site).origin)
    await context.close()
  }
})
