import { createServer } from "node:net"
import { join } from "node:path"
import { expect, test } from "@playwright/test"
import { addressOf, findPort, readSettings } from "./environment.mjs"
import { projectDir } from "./project.mjs"

test("settings have defaults and are checked", () => {
  const defaults = { dataDir: join(projectDir, "data"), host: "127.0.0.1", port: 3000 }
  expect(readSettings({})).toEqual(defaults)
  expect(readSettings({ DATA_DIR: "/srv/chat", HOST: "::", PORT: "0" })).toEqual({
    dataDir: "/srv/chat",
    host: "::",
    port: 0,
  })
  for (const PORT of ["three", "70000", "-1", "1.5"]) {
    expect(() => readSettings({ PORT })).toThrow("Set it to a number")
  }
})

test("a taken port is named", async () => {
  const port = await findPort(0)
  expect(await findPort(port)).toBe(port)
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve))
  await expect(findPort(port)).rejects.toThrow(`Port ${port} is taken`)
  server.close()
})

test("the address is one a browser understands", () => {
  expect(addressOf("0.0.0.0", 80)).toBe("http://localhost:80")
  expect(addressOf("10.0.0.7", 80)).toBe("http://10.0.0.7:80")
  expect(addressOf("fd00::1", 80)).toBe("http://[fd00::1]:80")
})
