import { expect, test } from "@playwright/test"
import { wavHead } from "@/lib/base/wav"
import { toSixteenBits } from "./samples"

test("samples are rounded to 16 bits and kept within them", () => {
  const bytes = Buffer.from(toSixteenBits(new Float32Array([0, 1, -1, 0.5, 3])))
  const levels = [0, 1, 2, 3, 4].map((index) => bytes.readInt16LE(index * 2))
  expect(levels).toEqual([0, 32_767, -32_767, 16_384, 32_767])
})

test("a head makes them a WAV file that says its length", () => {
  const head = Buffer.from(wavHead(16_000, 10))
  expect(head.toString("latin1", 0, 4)).toBe("RIFF")
  expect(head.readUInt32LE(4)).toBe(head.length + 10 - 8)
  expect(head.toString("latin1", 8, 16)).toBe("WAVEfmt ")
  expect([head.readUInt16LE(22), head.readUInt32LE(24), head.readUInt16LE(34)]).toEqual([
    1, 16_000, 16,
  ])
  expect(head.readUInt32LE(40)).toBe(10)
})
