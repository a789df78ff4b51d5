import { expect, test } from "@playwright/test"
import { encodeWav } from "./wav"

test("samples become a WAV file of 16 bits that says its length", () => {
  const bytes = Buffer.from(encodeWav(new Float32Array([0, 1, -1, 0.5, 3]), 16_000))
  expect(bytes.toString("latin1", 0, 4)).toBe("RIFF")
  expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8)
  expect(bytes.toString("latin1", 8, 16)).toBe("WAVEfmt ")
  expect([bytes.readUInt16LE(22), bytes.readUInt32LE(24), bytes.readUInt16LE(34)]).toEqual([
    1, 16_000, 16,
  ])
  expect(bytes.readUInt32LE(40)).toBe(10)
  const samples = [0, 1, 2, 3, 4].map((index) => bytes.readInt16LE(44 + index * 2))
  expect(samples).toEqual([0, 32_767, -32_767, 16_384, 32_767])
})
