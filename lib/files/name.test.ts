import { expect, test } from "@playwright/test"
import { limits } from "../base/limits"
import { contentDisposition, safeName } from "./name"

test("a name is its last part, seen as it is read, and always ends in something", () => {
  for (const [given, kept] of [
    ["photo.png", "photo.png"],
    ["../../etc/passwd", "passwd.bin"],
    ["C:\\fakepath\\report.pdf", "report.pdf"],
    ["invoice\u202Efdp.exe", "invoicefdp.exe"],
    ["a\u0000b\r\nc\u007f.txt", "abc.txt"],
    ["\uFEFF\u200Bzero\u2066width\u{E0041}.md", "zerowidth.md"],
    ["  many \t spaces .txt ", "many spaces .txt"],
    [".htaccess", "htaccess.bin"],
    ["..", "file.bin"],
    ["", "file.bin"],
    ["e\u0301te\u0301.csv", "\u00e9t\u00e9.csv"],
    ["👩‍🚀.png", "👩‍🚀.png"],
    ["half \ud800.txt", "half \ufffd.txt"],
    ["A painting of 3.5 cats", "A painting of 3.5 cats.bin"],
  ] as const) {
    expect(safeName(given, "bin"), JSON.stringify(given)).toBe(kept)
  }
})

test("a long name keeps its extension and whole characters", () => {
  const name = safeName(`${"x".repeat(limits.fileNameChars - 5)}${"😀".repeat(9)}.jpeg`, "bin")
  expect(name.length).toBeLessThanOrEqual(limits.fileNameChars)
  expect(name.endsWith("x.jpeg")).toBe(true)
  expect(name.isWellFormed()).toBe(true)
})

test("the header says any name twice: plainly, and exactly", () => {
  expect(contentDisposition("inline", "photo.png")).toBe(
    "inline; filename=\"photo.png\"; filename*=UTF-8''photo.png",
  )
  const odd = contentDisposition("attachment", `a"b\\c;d%41 'été' (1).txt`)
  expect(odd).toBe(
    `attachment; filename="a_b_c_d_41 '_t_' (1).txt"; filename*=UTF-8''a%22b%5Cc%3Bd%2541%20%27%C3%A9t%C3%A9%27%20%281%29.txt`,
  )
  expect(() => new Headers({ "content-disposition": odd })).not.toThrow()
})
