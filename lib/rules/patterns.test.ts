import { readdirSync, readFileSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import { expect, test } from "@playwright/test"

// A pattern that is not anchored at its beginning is tried anew at each character. When what it begins with
// can be long and what follows need not be there, a long text takes its square: minutes for a hundred thousand
// spaces. `lib/base/text-end.ts` is for the ends of texts.

const root = resolve(import.meta.dirname, "../..")
const literal =
  /(?:[=(,:;!&|?{}[\s]|return)\s*(\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[dgimsuvy]*)(?=[\s).,;\]}]|$)/g

const found = ["lib", "app"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      relative(root, join(root, folder, name)),
    ),
  )
  .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !/\.test\.tsx?$|generated/.test(name))
  .flatMap((name) =>
    readFileSync(join(root, name), "utf8")
      .split("\n")
      .filter((line) => !/^\s*(\/\/|\*|\/\*)/.test(line))
      .flatMap((line) =>
        [...line.matchAll(literal)].map(([, pattern = ""]) => ({ name, pattern })),
      ),
  )

/** Whether some way through a pattern is open at its beginning and ends in a row of any length, or has a lazy one. */
function isSlow(pattern: string): boolean {
  const bare = pattern
    .slice(1, pattern.lastIndexOf("/"))
    .replace(/\[(?:[^\]\\]|\\.)*\]|\\[^bB]/g, "x")
  return waysOf(bare)
    .filter((way) => !/^\(*(\?:)?\^/.test(way))
    .some((way) => /(?:[*+]|,\})\)*\$/.test(way) || /[*+]\?/.test(way))
}

/** What stands between the bars that are in no group. */
function waysOf(pattern: string): string[] {
  const ways = [""]
  let depth = 0
  for (const sign of pattern) {
    if (sign === "(") depth += 1
    if (sign === ")") depth -= 1
    if (sign === "|" && depth === 0) ways.push("")
    else ways.push((ways.pop() ?? "") + sign)
  }
  return ways
}

/** What begins with a sign that the row cannot hold is tried once a sign. */
const linear: Readonly<Record<string, string>> = {
  "/\\/chat\\/completions$|\\/deployments\\/[^/]+$/": "a row without slashes behind a slash",
  "/(?<![\\w*])(\\*\\*|__|[*`])(?=\\S)(.+?)(?<=\\S)\\1(?![\\w*])/g": "of 4,000 characters at most",
}

test("no pattern takes the square of a text to find its end", () => {
  expect(found.length).toBeGreaterThan(150)
  const slow = found.filter(({ pattern }) => isSlow(pattern) && !linear[pattern])
  expect(slow).toEqual([])
})

test("the kind is known when it is seen", () => {
  const slow = [
    "/\\s+$/",
    "/^x|[\\s.]+$/g",
    "/(?<=a)0+$/",
    "/<a>([\\s\\S]*?)<\\/a>/g",
    "/ .*[.!?]+$/",
  ]
  expect(slow.filter((pattern) => !isSlow(pattern))).toEqual([])
  const quick = ["/^\\s+$/", "/[.!?]$/", "/\\.\\w{1,5}$/", "/\\s+/g", "/^(?:a|b)+$/"]
  expect(quick.filter(isSlow)).toEqual([])
})
