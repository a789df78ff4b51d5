import { expect, test } from "@playwright/test"
import { codeInfo } from "./code-info"

const cases: [string, string, string][] = [
  ["python", "python", "code.py"],
  ["", "", "code.txt"],
  ["ts", "ts", "code.ts"],
  ["Dockerfile", "dockerfile", "Dockerfile"],
  ['tsx title="app/page.tsx"', "tsx", "page.tsx"],
  ["js main.js", "js", "main.js"],
  ["{.python}", "python", "code.py"],
  ["js{1,3}", "js", "code.js"],
  ["sh ../../etc/passwd", "sh", "code.sh"],
  ["<script>alert(1)</script>", "<script>alert(1)</script>", "code.txt"],
]

for (const [info, language, fileName] of cases) {
  test(`${JSON.stringify(info)} is saved as ${fileName}`, () => {
    expect(codeInfo(info)).toEqual({ language, fileName })
  })
}
