import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync, writeFileSync } from "node:fs"
import { expect, test } from "@playwright/test"
import { startService } from "./service.mjs"

test("a service that ends by itself says what it printed last", async () => {
  const program = test.info().outputPath("program.mjs")
  writeFileSync(program, 'console.log("no more disk"); process.exitCode = 3')
  const service = startService("The server", [program], process.env)
  const error = await service.failed.catch((reason: unknown) => reason)
  expect(error).toMatchObject({ output: "no more disk\n" })
  expect(String(error)).toContain("The server ended by itself (3)")
})

test("a service ends in its own time when the start is killed", async () => {
  const record = test.info().outputPath("record")
  const program = test.info().outputPath("program.mjs")
  writeFileSync(
    program,
    `import { writeFileSync } from "node:fs"
    setInterval(() => console.log("tick"), 10)
    process.on("SIGTERM", () => setTimeout(() => {
      writeFileSync(${JSON.stringify(record)}, "ended well")
      process.exit()
    }, 100))`,
  )
  const starter = `
    import { startService } from ${JSON.stringify(new URL("./service.mjs", import.meta.url).href)}
    startService("The server", [${JSON.stringify(program)}], process.env).show()`
  const start = spawn(process.execPath, ["--input-type=module", "--eval", starter])
  await once(start.stdout, "data")
  start.kill("SIGKILL")
  await expect(async () => expect(readFileSync(record, "utf8")).toBe("ended well")).toPass()
})
