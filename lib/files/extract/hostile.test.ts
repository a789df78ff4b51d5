import { readdirSync, readFileSync } from "node:fs"
import { deflateSync } from "node:zlib"
import { expect, test } from "@playwright/test"
import { extractText } from "./extract"
import { docx, mediaTypes, paragraph, pdf, wordXml, zip } from "./samples"

test.describe.configure({ mode: "serial" })

type Options = Parameters<typeof extractText>[1]
const read = (kind: keyof typeof mediaTypes, bytes: Uint8Array, options?: Options) =>
  extractText({ mediaType: mediaTypes[kind], open: async () => bytes }, options)
const refusal = (cause: string) => ({ code: "file_unreadable", status: 422, cause })

/**
 * Runs `work` and returns the peak memory it added to this process and its children, and the longest event loop
 * stall.
 */
async function watch(work: () => Promise<unknown>) {
  const before = residentBytes()
  let [maxBytes, longestMs, last] = [0, 0, performance.now()]
  const timer = setInterval(() => {
    maxBytes = Math.max(maxBytes, residentBytes() - before)
    longestMs = Math.max(longestMs, performance.now() - last)
    last = performance.now()
  }, 10)
  await work()
  clearInterval(timer)
  return { maxBytes, longestMs }
}

function residentBytes(): number {
  if (process.platform !== "linux") return process.memoryUsage.rss()
  const children = readdirSync("/proc/self/task").flatMap((task) =>
    tryRead(`/proc/self/task/${task}/children`).split(" ").filter(Boolean),
  )
  return ["self", ...children]
    .map((id) => Number(tryRead(`/proc/${id}/statm`).split(" ")[1] ?? 0) * 4096)
    .reduce((sum, bytes) => sum + bytes, 0)
}

function tryRead(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return "" // a process that has just ended
  }
}

test("a bomb is noticed while it is unpacked, whatever its header says", {
  tag: "@whole",
}, async () => {
  const bomb = wordXml(paragraph("\0".repeat(80_000_000)))
  const honest = zip({ "word/document.xml": bomb })
  const lying = zip({ "word/document.xml": bomb }, { unpackedBytes: 1_000 })
  expect(honest.length).toBeLessThan(100_000) // 1000 : 1
  for (const bytes of [honest, lying]) {
    const { maxBytes, longestMs } = await watch(async () => {
      await expect(read("docx", bytes)).rejects.toMatchObject(refusal("too-large"))
    })
    expect(maxBytes).toBeLessThan(300_000_000)
    expect(longestMs).toBeLessThan(1_000)
  }
})

test("a bomb within a PDF ends the reader, not the server", { tag: "@whole" }, async () => {
  const content = deflateSync(deflateSync(Buffer.alloc(500_000_000, " "))).toString("latin1")
  const bomb = `<</Length ${content.length}/Filter[/FlateDecode/FlateDecode]>>\nstream\n${content}\nendstream`
  const bytes = Buffer.from(
    pdf([["x"]], { more: [bomb] })
      .toString("latin1")
      .replace("/Contents 8 0 R", "/Contents 6 0 R"),
    "latin1",
  )
  const { maxBytes, longestMs } = await watch(async () => {
    await expect(read("pdf", bytes)).rejects.toMatchObject(refusal("too-large"))
  })
  expect(maxBytes).toBeLessThan(500_000_000)
  expect(longestMs).toBeLessThan(1_000)
})

test("an archive of very many entries, one entry read many times", { tag: "@whole" }, async () => {
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`a/${at}`, ""]))
  await expect(read("docx", docx("", many))).rejects.toMatchObject(refusal("too-large"))
  const spine = '<itemref idref="a"/>'.repeat(100)
  const book = zip({
    "META-INF/container.xml": '<c><rootfile full-path="b.opf"/></c>',
    "b.opf": `<package><item id="a" href="a.html"/>${spine}</package>`,
    "a.html": `<p>${" ".repeat(1_000_000)}</p>`,
  })
  await expect(read("epub", book)).rejects.toMatchObject(refusal("too-large"))
})

test("entities that grow are not expanded, files elsewhere not read", {
  tag: "@whole",
}, async () => {
  const lols = Array.from(
    { length: 9 },
    (_, at) => `<!ENTITY lol${at + 1} "${`&lol${at};`.repeat(10)}">`,
  )
  const type = `<!DOCTYPE x [<!ENTITY lol0 "lol"><!ENTITY file SYSTEM "file:///etc/passwd">${lols.join("")}]>`
  const body = wordXml(paragraph("&lol9;&file;end"))
  const { text } = await read("docx", zip({ "word/document.xml": body.replace("?>", `?>${type}`) }))
  expect(text).toBe("&lol9;&file;end")
})

test("text without end is cut, and says so", { tag: "@whole" }, async () => {
  const { text, isCut } = await read("docx", docx(paragraph("word ".repeat(600_000))))
  expect([text.length, isCut]).toEqual([1_999_999, true])
})

test("of very many pages the first two thousand are read", { tag: "@whole" }, async () => {
  const pages = Array.from({ length: 2_001 }, (_, at) => [`leaf ${at + 1}`])
  const found = await read("pdf", pdf(pages))
  expect([found.isCut, found.pages]).toEqual([true, 2_001])
  expect(found.text).toContain("leaf 2000")
  expect(found.text).not.toContain("leaf 2001")
})

test("what is locked", { tag: "@whole" }, async () => {
  const trailer =
    "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4" +
    `/O<${"11".repeat(32)}>/U<${"22".repeat(32)}>>>`
  const manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
  const locked = [
    ["pdf", pdf([["secret"]], { trailer })],
    ["docx", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)])],
    ["docx", zip({ "word/document.xml": "secret" }, { flags: 1 })],
    ["odt", zip({ "META-INF/manifest.xml": manifest, "content.xml": "secret" })],
  ] as const
  for (const [kind, bytes] of locked) {
    await expect(read(kind, bytes), kind).rejects.toMatchObject(refusal("encrypted"))
  }
})

test("what is damaged, cut short, something else, or empty", { tag: "@whole" }, async () => {
  const whole = docx(paragraph("Hello, hello, hello"))
  const broken = Buffer.from(whole)
  broken.fill(0xff, 60, 90)
  for (const [kind, bytes, cause] of [
    ["docx", whole.subarray(0, whole.length - 30), "damaged"],
    ["docx", broken, "damaged"],
    ["docx", zip({ "a.txt": "x" }), "damaged"],
    ["docx", Buffer.alloc(0), "damaged"],
    ["xlsx", whole, "damaged"],
    ["odt", whole, "damaged"],
    ["epub", whole, "damaged"],
    ["pdf", whole, "damaged"],
    ["pdf", pdf([["x"]]).subarray(0, 300), "damaged"],
    ["docx", docx(paragraph(" ")), "empty"],
    ["pdf", pdf([[], []]), "empty"],
    ["rtf", Buffer.from("{\\rtf1 {"), "empty"],
  ] as const) {
    await expect(read(kind, bytes), `${kind} ${cause}`).rejects.toMatchObject(refusal(cause))
  }
})

test("what takes too long is ended; a file that cannot be read to its end says why", {
  tag: "@whole",
}, async () => {
  const started = performance.now()
  const slow = read("pdf", pdf([["x"]]), { timeLimitMs: 20 })
  await expect(slow).rejects.toMatchObject(refusal("too-slow"))
  expect(performance.now() - started).toBeLessThan(1_000)
  async function* half() {
    yield Buffer.from("half")
    throw new RangeError("the disk is gone")
  }
  const broken = extractText({ mediaType: "text/plain", open: async () => half() })
  await expect(broken).rejects.toThrow("the disk is gone")
  const lost = extractText({ mediaType: "text/plain", open: () => Promise.reject(new Error("no")) })
  await expect(lost).rejects.toThrow("no")
})

test("two are read at once, the others wait, and all come to their end", {
  tag: "@whole",
}, async () => {
  let opened = 0
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const one = async (index: number) => {
    async function* bytes() {
      await held
      yield Buffer.from(`text ${index}`)
    }
    const open = async () => {
      opened++
      return bytes()
    }
    return (await extractText({ mediaType: "text/plain", open })).text
  }
  const all = Promise.all(Array.from({ length: 6 }, (_, index) => one(index)))
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(opened).toBe(2)
  release()
  expect(await all).toEqual(Array.from({ length: 6 }, (_, index) => `text ${index}`))
  expect(opened).toBe(6)
})
