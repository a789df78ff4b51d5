import { readdirSync, readFileSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import { expect, test } from "@playwright/test"

// An unanchored pattern is retried at every character. If its beginning can match a long run and what follows may
// be missing, matching takes quadratic time: minutes for a hundred thousand spaces. Use `lib/base/text-end.ts` to
// trim the end of a text.

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

/** Whether an alternative of a pattern is unanchored and ends in an unbounded run, or has a lazy one. */
function isSlow(pattern: string): boolean {
  const bare = pattern
    .slice(1, pattern.lastIndexOf("/"))
    .replace(/\[(?:[^\]\\]|\\.)*\]|\\[^bB]/g, "x")
  return waysOf(bare)
    .filter((way) => !/^\(*(\?:)?\^/.test(way))
    .some((way) => /(?:[*+]|,\})\)*\$/.test(way) || /[*+]\?/.test(way))
}

/** The top-level alternatives of a pattern. */
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

/** Patterns whose first character cannot be part of the run, so that they match in linear time. */
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
