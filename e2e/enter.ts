import { type APIRequestContext, type Browser, type Page, request } from "@playwright/test"
import { newId } from "@/lib/base/id"
import { Api } from "./api"
import { composer, expect } from "./fixtures"
import { originOf, password, signIn, signUp } from "./people"

/** Somebody new at a page of this server, signed up the way people do. */
export async function enter(browser: Browser, site: string): Promise<Page> {
  const page = await browser.newPage({ baseURL: site })
  await page.goto("/sign-up")
  await page.getByRole("textbox", { name: "Name" }).fill("Ada")
  await page.getByRole("textbox", { name: "Email" }).fill(`${newId()}@example.com`)
  await page.getByRole("textbox", { name: "Password" }).fill(password)
  await page.getByRole("button", { name: "Create account" }).click()
  await expect(composer(page)).toBeVisible()
  return page
}

/** The same by calls alone. */
export async function personAt({
  site,
}: {
  site: string
}): Promise<{ api: Api; context: APIRequestContext }> {
  const context = await request.newContext({ baseURL: site })
  const headers = originOf(site)
  const { email } = await signUp(context, headers)
  await signIn(context, email, password, headers)
  return { api: new Api(context, headers), context }
}
