import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { expect, test } from "@playwright/test"

// Who may import whom. A room is the longest folder below that a file lies in; everything may import its own.
const pure = ["lib/base", "lib/message", "lib/models"]
const sources = [...pure, "lib/aiml", "lib/db", "lib/files"]
const wired = [
  ...sources,
  "lib/server",
  "lib/people",
  "lib/upstream",
  "lib/storage",
  "lib/moderation",
]
const arrows: Record<string, readonly string[]> = {
  "lib/base": [],
  "lib/message": ["lib/base"],
  "lib/models": ["lib/base"],
  "lib/aiml": pure,
  "lib/db": pure,
  "lib/files": pure,
  "lib/server": [...pure, "lib/db", "lib/files"],
  "lib/people": [...pure, "lib/db", "lib/server"],
  "lib/upstream": [...pure, "lib/aiml", "lib/db", "lib/server"],
  "lib/storage": [...sources, "lib/server"],
  "lib/moderation": [...sources, "lib/server", "lib/upstream", "lib/storage"],
  "lib/media": wired,
  "lib/voice": wired,
  "lib/tools": [...wired, "lib/media"],
  "lib/turn": [...wired, "lib/tools", "lib/media"],
  "lib/jobs": [...wired, "lib/turn", "lib/media"],
  components: pure,
  app: [...wired, "lib/turn", "lib/media", "lib/jobs", "lib/tools", "lib/voice", "components"],
  simulator: [],
  e2e: [...pure, "simulator"],
}
// Types may cross here as well; they are gone when it runs.
const typeArrows: Record<string, readonly string[]> = { components: ["lib/db", "lib/aiml"] }
const serverRooms = ["db", "files", "server", "people", "upstream", "storage", "moderation"].concat(
  ["tools", "turn", "media", "voice", "jobs"],
)

const root = resolve(import.meta.dirname, "..")
const files = ["lib", "app", "components", "e2e", "simulator"].flatMap((folder) =>
  listFiles(join(root, folder)),
)

test("every import follows the arrows of the house", () => {
  const wrong = files.flatMap((file) =>
    importsOf(file).flatMap(({ target, isType }) => {
      const [from, to] = [roomOf(file), roomOf(target)]
      if (!from || !to || from === to || arrows[from]?.includes(to)) return []
      if (isType && typeArrows[from]?.includes(to)) return []
      return [`${file} (${from}) imports ${target} (${to})`]
    }),
  )
  expect(wrong).toEqual([])
})

test("what must never reach a browser says so, and only lib/db knows Prisma", () => {
  const silent = files.filter(
    (file) =>
      serverRooms.some((room) => file.startsWith(`lib/${room}/`)) &&
      !isTest(file) &&
      !read(file).startsWith('import "server-only"'),
  )
  expect(silent).toEqual([])
  const prisma = files.filter((file) => /from "(@prisma\/|.*\/generated\/)/.test(read(file)))
  expect(prisma.filter((file) => !file.startsWith("lib/db/"))).toEqual([])
})

test("there are no server actions and no barrels", () => {
  expect(files.filter((file) => /^"use server"/m.test(read(file)))).toEqual([])
  expect(files.filter((file) => /\/index\.tsx?$/.test(file))).toEqual([])
})

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => relative(root, join(folder, name)))
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith("lib/db/generated/"))
}

function importsOf(file: string): { target: string; isType: boolean }[] {
  const pattern = /^(?:import|export)\s+(type\s)?[^"']*?["']((?:\.|@\/)[^"']+)["']/gms
  const dynamic = /import\(["']((?:\.|@\/)[^"']+)["']\)/g
  const source = read(file)
  const found = [
    ...[...source.matchAll(pattern)].map(([, type, path]) => ({ path, isType: Boolean(type) })),
    ...[...source.matchAll(dynamic)].map(([, path]) => ({ path, isType: false })),
  ]
  return found.map(({ path = "", isType }) => ({
    target: path.startsWith("@/")
      ? path.slice(2)
      : relative(root, resolve(root, dirname(file), path)),
    isType,
  }))
}

function roomOf(file: string): string | undefined {
  const rooms = Object.keys(arrows).filter((room) => file.startsWith(`${room}/`))
  return rooms.sort((a, b) => b.length - a.length)[0]
}

function isTest(file: string): boolean {
  return file.endsWith(".test.ts")
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8")
}
