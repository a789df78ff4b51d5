import { writeFile } from "node:fs/promises"
import { expect, test } from "@playwright/test"
import { sniff } from "./sniff"

async function sniffBytes(bytes: Uint8Array | string, name = "file") {
  const path = test.info().outputPath("bytes")
  await writeFile(path, bytes)
  return sniff(path, name)
}
const uint = (size: 1 | 2 | 4 | 8, value: number, isLittle = false) => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  const cut = bytes.subarray(8 - size)
  return isLittle ? Buffer.from(cut).reverse() : cut
}
const box = (type: string, ...content: Uint8Array[]) => {
  const body = Buffer.concat(content)
  return Buffer.concat([uint(4, body.length + 8), Buffer.from(type), body])
}

function png(width: number, height: number): Buffer {
  const head = Buffer.concat([
    uint(4, 13),
    Buffer.from("IHDR"),
    uint(4, width),
    uint(4, height),
    Buffer.from([8, 6, 0, 0, 0]),
    uint(4, 0),
  ])
  const idat = Buffer.concat([uint(4, 0), Buffer.from("IDAT"), uint(4, 0)])
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), head, idat])
}

function jpeg(width: number, height: number, orientation?: number): Buffer {
  const segment = (marker: number, content: Uint8Array) =>
    Buffer.concat([Buffer.from([0xff, marker]), uint(2, content.length + 2), content])
  const jfif = segment(0xe0, Buffer.from("JFIF\0\x01\x01\0\0\x01\0\x01\0\0", "latin1"))
  const entry = Buffer.concat([uint(2, 0x112), uint(2, 3), uint(4, 1), uint(2, orientation ?? 1)])
  const tiff = [Buffer.from("MM\0\x2a\0\0\0\x08\0\x01", "latin1"), entry, Buffer.alloc(6)]
  const exif = segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), ...tiff]))
  const frame = [Buffer.from([8]), uint(2, height), uint(2, width), Buffer.from([1, 1, 0x11, 0])]
  const start = Buffer.from([0xff, 0xd8])
  return Buffer.concat([start, orientation ? exif : jfif, segment(0xc0, Buffer.concat(frame))])
}

function wav(seconds: number, { announced }: { announced?: number } = {}): Buffer {
  const rate = 8000
  const sound = Buffer.alloc(rate * 2 * seconds)
  const format = [uint(2, 1, true), uint(2, 1, true), uint(4, rate, true), uint(4, rate * 2, true)]
  return Buffer.concat([
    ...[Buffer.from("RIFF"), uint(4, 36 + sound.length, true), Buffer.from("WAVE")],
    ...[Buffer.from("LIST"), uint(4, 3, true), Buffer.from("odd\0")],
    ...[Buffer.from("fmt "), uint(4, 16, true), ...format, uint(2, 2, true), uint(2, 16, true)],
    ...[Buffer.from("data"), uint(4, announced ?? sound.length, true), sound],
  ])
}

type Clip = { seconds: number; width: number; height: number; isLong?: boolean; isTurned?: boolean }
function mp4({ seconds, width, height, isLong, isTurned }: Clip): Buffer {
  const [version, times] = isLong ? [1, Buffer.alloc(16)] : [0, Buffer.alloc(8)]
  const length = uint(isLong ? 8 : 4, seconds * 600)
  const flags = Buffer.from([version, 0, 0, 0])
  const matrix = [isTurned ? 0 : 0x10000, isTurned ? 0x10000 : 0, 0].map((value) => uint(4, value))
  const track = [flags, times, uint(4, 1), uint(4, 0), length, Buffer.alloc(16), ...matrix]
  const size = [uint(2, width), uint(2, 0), uint(2, height), uint(2, 0)]
  return Buffer.concat([
    box("ftyp", Buffer.from("isom"), uint(4, 512), Buffer.from("isomiso2mp41")),
    box("mdat", Buffer.alloc(5000)),
    box(
      "moov",
      box("mvhd", flags, times, uint(4, 600), length, Buffer.alloc(80)),
      box("trak", box("tkhd", ...track, Buffer.alloc(24), ...size)),
    ),
  ])
}

test("pictures are known by their bytes, with their size", async () => {
  const gif = Buffer.concat([Buffer.from("GIF89a"), uint(2, 4, true), uint(2, 3, true)])
  const webp = Buffer.concat([
    ...[Buffer.from("RIFF"), uint(4, 30, true), Buffer.from("WEBPVP8X"), uint(4, 10, true)],
    ...[Buffer.alloc(4), Buffer.from([4, 0, 0, 3, 0, 0]), Buffer.alloc(10)],
  ])
  expect(await sniffBytes(png(640, 480), "lie.jpg")).toEqual({
    mediaType: "image/png",
    extension: "png",
    width: 640,
    height: 480,
  })
  expect(await sniffBytes(gif)).toMatchObject({ mediaType: "image/gif", width: 4, height: 3 })
  expect(await sniffBytes(webp)).toMatchObject({ mediaType: "image/webp", width: 5, height: 4 })
  expect(await sniffBytes(jpeg(30, 20))).toMatchObject({ mediaType: "image/jpeg", width: 30 })
})

test("a picture held sideways is as wide as it is shown", async () => {
  expect(await sniffBytes(jpeg(30, 20, 6))).toMatchObject({ width: 20, height: 30 })
  expect(await sniffBytes(jpeg(30, 20, 3))).toMatchObject({ width: 30, height: 20 })
})

test("a damaged picture has a type and no size", async () => {
  const cut = jpeg(30, 20).subarray(0, 20)
  expect(await sniffBytes(cut)).toEqual({ mediaType: "image/jpeg", extension: "jpg" })
})

test("sounds say how long they are", async () => {
  expect(await sniffBytes(wav(2))).toEqual({
    mediaType: "audio/wav",
    extension: "wav",
    durationMs: 2000,
  })
  expect(await sniffBytes(wav(3, { announced: 0xffffffff }))).toMatchObject({ durationMs: 3000 })
})

test("movies say how long and how large they are, wherever that stands; without a picture they are sounds", async () => {
  const clip = { seconds: 12.5, width: 1280, height: 720 }
  const known = { mediaType: "video/mp4", width: 1280, height: 720, durationMs: 12_500 }
  expect(await sniffBytes(mp4(clip))).toMatchObject(known)
  expect(await sniffBytes(mp4({ ...clip, isLong: true }))).toMatchObject(known)
  const turned = await sniffBytes(mp4({ ...clip, isTurned: true }))
  expect(turned).toMatchObject({ width: 720, height: 1280 })
  expect(await sniffBytes(mp4({ ...clip, width: 0, height: 0 }))).toEqual({
    mediaType: "audio/mp4",
    extension: "m4a",
    durationMs: 12_500,
  })
  const streamed = mp4(clip).subarray(0, 3000)
  expect(await sniffBytes(streamed)).toEqual({ mediaType: "video/mp4", extension: "mp4" })
})

test("numbers in a movie that cannot be true end the reading, not the process", {
  tag: "@whole",
}, async () => {
  const whole = mp4({ seconds: 1, width: 10, height: 10 })
  for (let at = 24; at < whole.length; at += 4) {
    const bent = Buffer.from(whole)
    bent.writeUInt32BE(at % 8 === 0 ? 0xffffffff : 1, at)
    expect((await sniffBytes(bent)).mediaType).toMatch(/^(video|audio)\/mp4$/)
  }
})

test("a recording of a browser is a sound when it has no picture", async () => {
  const webm = (kind: number, ...sound: number[]) =>
    Buffer.concat([
      Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84]),
      Buffer.from("webm"),
      Buffer.from([0xae, 0x83, 0x83, 0x81, kind, ...sound]),
    ])
  expect((await sniffBytes(webm(1))).mediaType).toBe("video/webm")
  expect((await sniffBytes(webm(2))).mediaType).toBe("audio/webm")
  const cluster = [0x1f, 0x43, 0xb6, 0x75]
  expect((await sniffBytes(webm(2, ...cluster, 0x83, 0x81, 1))).mediaType).toBe("audio/webm")
})

test("text is what reads as UTF-8 to its end; its name says which kind, and pages are plain text", async () => {
  const page = "<!doctype html><script>alert(1)</script>"
  const drawing = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
  for (const [text, name, mediaType] of [
    ["hello", "a.txt", "text/plain"],
    ["# hello", "a.MD", "text/markdown"],
    ["a;b", "a.csv", "text/csv"],
    ["{}", "a.json", "application/json"],
    ["v 0 0 1", "a.obj", "model/obj"],
    [page, "a.html", "text/plain"],
    [page, "a.png", "text/plain"],
    [drawing, "a.svg", "text/plain"],
    ["\ufeffZoë \u{1f600}", "a", "text/plain"],
    ["GIF is a format", "a.gif", "text/plain"],
    ["BMW builds cars", "a.txt", "text/plain"],
    ["MZ was a magazine", "a.txt", "text/plain"],
    ["solid ground", "a.txt", "text/plain"],
    ["solid cube\nfacet normal 0 0 1", "a.stl", "model/stl"],
    ["%PDF-1.4\n%%EOF", "a.txt", "application/pdf"],
    ["ply\nformat ascii 1.0", "a.ply", "text/plain"],
  ] as const) {
    expect((await sniffBytes(text, name)).mediaType, `${name}: ${text}`).toBe(mediaType)
  }
})

test("text that stops being text far inside is none", async () => {
  const long = Buffer.concat([Buffer.alloc(600_000, "text "), Buffer.from([0xc3, 0x28])])
  await expect(sniffBytes(long, "a.txt")).rejects.toMatchObject({ code: "invalid" })
  const split = Buffer.concat([Buffer.alloc(256 * 1024 - 1, "a"), Buffer.from("é")])
  expect((await sniffBytes(split)).mediaType).toBe("text/plain")
  const cut = Buffer.from("é").subarray(0, 1)
  await expect(sniffBytes(cut)).rejects.toMatchObject({ code: "invalid" })
})

test("programs and what nobody knows are refused with words that name what works", async () => {
  for (const bytes of [
    Buffer.from("MZ\x90\0\x03\0\0\0", "latin1"),
    Buffer.from("\x7fELF\x02\x01\x01\0", "latin1"),
    Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]),
    Buffer.from("\ufeffUTF-16", "utf16le"),
  ]) {
    const sniffing = sniffBytes(bytes, "picture.png")
    await expect(sniffing).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("Attach a picture"),
    })
  }
})

test("3D models are meshes, by bytes or by the name of their archive", async () => {
  const glb = Buffer.concat([Buffer.from("glTF"), uint(4, 2, true), uint(4, 12, true)])
  const ply = Buffer.from("ply\nformat binary_little_endian 1.0\nend_header\n\0\xff\xfe", "latin1")
  const name = Buffer.from("a.usda")
  const zip = Buffer.concat([
    Buffer.from("PK\x03\x04\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0", "latin1"),
    ...[uint(4, 0), uint(4, 0), uint(2, name.length, true), uint(2, 0), name],
  ])
  expect(await sniffBytes(glb)).toEqual({ mediaType: "model/gltf-binary", extension: "glb" })
  expect((await sniffBytes(ply)).mediaType).toBe("model/ply")
  expect((await sniffBytes(zip, "a.usdz")).mediaType).toBe("model/vnd.usdz+zip")
  expect((await sniffBytes(zip, "a.zip")).mediaType).toBe("application/zip")
})
