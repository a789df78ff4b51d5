import { expect, test } from "@playwright/test"
import { safeImage, safeLink } from "./links"

test("web and mail addresses are links, and their host is told", () => {
  expect(safeLink("https://example.com/a?b=c#d")).toEqual({
    href: "https://example.com/a?b=c#d",
    host: "example.com",
  })
  expect(safeLink("HTTP://Example.com:8080")?.host).toBe("example.com:8080")
  expect(safeLink("mailto:ada@example.com?subject=Hi")?.host).toBe("ada@example.com")
  expect(safeLink("https://bank.example@evil.example/")?.host).toBe("evil.example")
  expect(safeLink("https://example.com/?a=1&amp;b=2")?.href).toBe("https://example.com/?a=1&b=2")
})

for (const written of [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "\u0001javascript:alert(1)",
  "java\nscript:alert(1)",
  "java\tscript:alert(1)",
  "java\r\nscript:alert(1)",
  "java\u0000script:alert(1)",
  "&#106;avascript:alert(1)",
  "&#x6A;avascript:alert(1)",
  "java&#10;script:alert(1)",
  "javascript&#58;alert(1)",
  "vbscript:msgbox(1)",
  "data:text/html,<script>alert(1)</script>",
  "data:text/html;base64,PHNjcmlwdD4=",
  "file:///etc/passwd",
  "blob:https://example.com/1",
  "ftp://example.com",
  "view-source:https://example.com",
  "/settings",
  "//evil.example/x",
  "settings",
  "#id",
  "?q=1",
  "https://",
  "",
]) {
  test(`no link: ${JSON.stringify(written)}`, () => {
    expect(safeLink(written)).toBeNull()
  })
}

test("images are from the web or small and embedded", () => {
  expect(safeImage("https://example.com/a.png")).toEqual({
    kind: "remote",
    href: "https://example.com/a.png",
    host: "example.com",
  })
  expect(safeImage("data:image/png;base64,iVBORw0KGgo=")?.kind).toBe("embedded")
  expect(safeImage(`data:image/png;base64,${"A".repeat(300_000)}`)).toBeNull()
  expect(safeImage("data:image/svg+xml;base64,PHN2Zz4=")).toBeNull()
  expect(safeImage("data:image/png,<svg onload=alert(1)>")).toBeNull()
  expect(safeImage("data:text/html;base64,PHN2Zz4=")).toBeNull()
  expect(safeImage("/api/files/1")).toBeNull()
  expect(safeImage("javascript:alert(1)")).toBeNull()
})
