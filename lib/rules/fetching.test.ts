import { readdirSync, readFileSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import { expect, test } from "@playwright/test"

// Outgoing requests go through few modules: one for untrusted addresses, which checks where they lead, and those
// that contact what the operator configured.

const root = resolve(import.meta.dirname, "../..")
const sources = ["lib", "app"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      relative(root, join(root, folder, name)),
    ),
  )
  .filter((name) => /\.(tsx?|mjs)$/.test(name) && !/\.test\.ts$|^lib\/db\/generated\//.test(name))
  .map((name) => ({ name, text: readFileSync(join(root, name), "utf8") }))
const namesOf = (pattern: RegExp) =>
  sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name)

test("addresses that others name are fetched by one function, for results and for pages", () => {
  expect(namesOf(/from "[^"]*\/download"/).sort()).toEqual([
    "lib/media/keep-output.ts",
    "lib/tools/fetch-page.ts",
    "lib/voice/speak.ts",
  ])
})

test("nothing else opens connections but to the upstream, the bucket and the database", () => {
  const opening =
    /(?<![.\w])fetch\(|from "(node:)?(https?|net|tls|http2|dgram|undici)"|new (WebSocket|EventSource)\b/
  expect(namesOf(opening).sort()).toEqual([
    "lib/files/addresses.ts", // knows addresses
    "lib/files/download.ts",
    "lib/files/extract/pdf.mjs", // its fetch is called for character tables, which it does not have
    "lib/server/body-time.ts", // only watches what comes
    "lib/server/compressed-scripts.ts", // only responds
    "lib/server/fast-path.ts", // only responds
    "lib/server/http-fetch.ts",
    "lib/server/network.ts", // only reads addresses
    "lib/server/plain-fetch.ts",
  ])
  expect(namesOf(/from "[^"]*\/(plain|http)-fetch"/).sort()).toEqual([
    "lib/server/http-fetch.ts",
    "lib/storage/file-store.ts",
    "lib/upstream/aiml.ts",
    "lib/upstream/catalogue.ts",
  ])
})
