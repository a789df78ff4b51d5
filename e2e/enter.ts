import type { Browser, Page } from "@playwright/test"
import { newId } from "@/lib/id"
import { composer, expect } from "./fixtures"
import { password } from "./people"

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
