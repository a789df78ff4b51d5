import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, test } from "@playwright/test"
import { sourceHash } from "./build.mjs"

function write(root: string, path: string, content: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

test("the build depends on the sources and on nothing else", () => {
  const root = test.info().outputPath("project")
  write(root, "app/page.tsx", "// one")
  write(root, "package.json", "{}")
  const before = sourceHash(root)

  const unrelated = ["lib/tree.test.ts", "simulator/main.ts", "lib/db/generated/client.ts"]
  for (const path of [...unrelated, "README.md", "e2e/chat.spec.ts"]) write(root, path, "// new")
  expect(sourceHash(root)).toBe(before)

  for (const path of [
    "app/page.tsx",
    "lib/message/tree.ts",
    "prisma/schema.prisma",
    "package.json",
  ]) {
    const earlier = sourceHash(root)
    write(root, path, `// changed ${path}`)
    expect(sourceHash(root), path).not.toBe(earlier)
  }
})

test("moving text from one file to the next is a change", () => {
  const root = test.info().outputPath("project")
  write(root, "public/a", "12")
  write(root, "public/b", "3")
  const before = sourceHash(root)
  write(root, "public/a", "1")
  write(root, "public/b", "23")
  expect(sourceHash(root)).not.toBe(before)
})
