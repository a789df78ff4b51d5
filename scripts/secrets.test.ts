import { chmodSync, mkdirSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "@playwright/test"
import { prepareDataDir, readSecrets } from "./secrets.mjs"

function modeOf(path: string) {
  return statSync(path).mode & 0o777
}

test("secrets are made once, for their owner only", () => {
  const dataDir = test.info().outputPath("data")
  prepareDataDir(dataDir)
  const secrets = readSecrets(dataDir)
  expect(Buffer.from(secrets.authSecret, "base64url")).toHaveLength(32)
  expect(secrets.databasePassword).not.toBe(secrets.authSecret)
  expect(readSecrets(dataDir)).toEqual(secrets)
  expect(modeOf(dataDir)).toBe(0o700)
  expect(modeOf(join(dataDir, "secrets.json"))).toBe(0o600)
})

test("a data folder of ours is closed, a folder of somebody else is left alone", () => {
  const ours = test.info().outputPath("ours")
  prepareDataDir(ours)
  readSecrets(ours)
  const theirs = test.info().outputPath("theirs")
  mkdirSync(theirs)
  writeFileSync(join(theirs, "letter.txt"), "")
  for (const folder of [ours, theirs]) {
    chmodSync(folder, 0o755)
    prepareDataDir(folder)
  }
  expect(modeOf(ours)).toBe(0o700)
  expect(modeOf(theirs)).toBe(0o755)
})

test("damaged secrets are not replaced", () => {
  const dataDir = test.info().outputPath("data")
  prepareDataDir(dataDir)
  for (const content of ["{", '{"authSecret":"short","databasePassword":"short"}']) {
    writeFileSync(join(dataDir, "secrets.json"), content)
    expect(() => readSecrets(dataDir)).toThrow("is damaged")
  }
})
