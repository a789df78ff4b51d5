import { deflateSync } from "node:zlib"
import { expect } from "@playwright/test"
import { z } from "zod"
import { pictureOf } from "./search/picture"
import { type Client, test } from "./testing"
import { balanceOf } from "./testing-protocols"

const answerSchema = z.object({
  pages: z.array(
    z.object({
      index: z.number(),
      markdown: z.string(),
      images: z.array(z.looseObject({ id: z.string(), image_base64: z.string().optional() })),
      dimensions: z.object({ dpi: z.number(), width: z.number(), height: z.number() }),
    }),
  ),
  model: z.string(),
  document_annotation: z.string().optional(),
  usage_info: z.object({ pages_processed: z.number(), doc_size_bytes: z.number().optional() }),
  meta: z.object({ usage: z.object({ credits_used: z.number() }) }),
})

const packed = (content: string) => {
  const bytes = deflateSync(Buffer.from(content, "latin1")).toString("latin1")
  return `<< /Filter /FlateDecode /Length ${bytes.length} >>\nstream\n${bytes}\nendstream`
}

/** Two pages: a plain one and a packed one of another size. */
const first =
  "BT /F1 24 Tf 72 700 Td (Invoice \\(copy\\) No. 42) Tj 0 -60 Td [(To) -400 (pay: 3)] TJ ET"
const second = "BT /F1 12 Tf 1 0 0 1 72 700 Tm (AB \\351) Tj 0 -14 Td (ff) Tj ET"
const objects = [
  "<< /Type /Catalog /Pages 2 0 R >>",
  "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> >>",
  `<< /Type /Page /Parent 2 0 R /Contents 6 0 R >>`,
  `<< /Type /Page /Parent 2 0 R /Contents [7 0 R] /MediaBox [0 0 360 720] >>`,
  "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
  `<< /Length ${first.length} >>\nstream\n${first}\nendstream`,
  packed(second),
]
const pdf = Buffer.from(
  `%PDF-1.4\n${objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join("")}trailer << /Root 1 0 R >>\n%%EOF`,
  "latin1",
)
const dataOf = (bytes: Buffer, type: string) => `data:${type};base64,${bytes.toString("base64")}`
const pdfAddress = dataOf(pdf, "application/pdf")

const mistral = "mistral/mistral-ocr-4-0"

async function read(client: Client, body: object) {
  const response = await client.post("/v1/ocr", body)
  expect(response.ok).toBe(true)
  return answerSchema.parse(await response.json())
}

const document = (document_url: string) => ({
  model: mistral,
  document: { type: "document_url", document_url },
})

test("a PDF is read page by page, in its own sizes", async ({ client }) => {
  const before = await balanceOf(client)
  const answer = await read(client, document(pdfAddress))
  expect(answer.pages).toEqual([
    {
      index: 0,
      markdown: "Invoice (copy) No. 42\nTo pay: 3",
      images: [],
      dimensions: { dpi: 200, width: 1700, height: 2200 },
    },
    {
      index: 1,
      markdown: "AB é\nff",
      images: [],
      dimensions: { dpi: 200, width: 1000, height: 2000 },
    },
  ])
  expect(answer.usage_info).toEqual({ pages_processed: 2, doc_size_bytes: pdf.length })
  expect(before - (await balanceOf(client))).toBe(answer.meta.usage.credits_used)
})

test("pages are chosen in all the forms there are, and only they are paid for", async ({
  client,
}) => {
  const indices = async (pages: unknown, body: object = document(pdfAddress)) =>
    (await read(client, { ...body, pages })).pages.map(({ index }) => index)
  expect(await indices("1")).toEqual([1])
  expect(await indices("0-1")).toEqual([0, 1])
  expect(await indices("0,5-9")).toEqual([0])
  expect(await indices([1, 7])).toEqual([1])
  expect(await indices(null)).toEqual([0, 1])
  const google = { document: pdfAddress, mimeType: "application/pdf" }
  expect(await indices({ type: "start", start: 2 }, google)).toEqual([1])
  expect(await indices({ type: "end", end: 1 }, google)).toEqual([0])
  expect(await indices({ type: "range", start: 1, end: 2 }, google)).toEqual([0, 1])
  expect(await indices({ type: "indices", indices: [2] }, google)).toEqual([1])
  const cost = async (pages: string) =>
    (await read(client, { ...document(pdfAddress), pages })).meta.usage.credits_used
  expect(await cost("0-1")).toBe(2 * (await cost("0")))
})

test("a picture says its size, its words and its colour", async ({ client }) => {
  const picture = pictureOf("A lighthouse", 60, 40)
  const image = { type: "image_url", image_url: dataOf(picture, "image/png") }
  const ask = (more: object, address = image) =>
    read(client, { model: mistral, document: address, ...more })
  const [page] = (await ask({ include_image_base64: true })).pages
  expect(page?.dimensions).toEqual({ dpi: 200, width: 60, height: 40 })
  expect(page?.markdown).toContain("A lighthouse")
  expect(page?.images).toMatchObject([
    { id: "img-0.png", bottom_right_x: 60, image_base64: image.image_url },
  ])
  expect((await ask({})).pages[0]?.images[0]?.image_base64).toBeUndefined()
  expect((await ask({ image_limit: 0 })).pages[0]?.images).toEqual([])
  // Without the words in it, only its looks are left to tell.
  const start = picture.indexOf("tEXt", 0, "latin1") - 4
  const wordless = Buffer.concat([
    picture.subarray(0, start),
    picture.subarray(start + 12 + picture.readUInt32BE(start)),
  ])
  const bare = { ...image, image_url: dataOf(wordless, "image/png") }
  const told = (await ask({}, bare)).pages[0]?.markdown
  expect(told).toContain("60 × 40 pixels")
  expect(told).toMatch(/mean colour #[0-9a-f]{6}/)
})

test("text, web pages and what cannot be opened", async ({ client }) => {
  const markdown = async (address: string) =>
    (await read(client, document(address))).pages[0]?.markdown
  expect(await markdown(dataOf(Buffer.from("Plain ä text"), "text/plain"))).toBe("Plain ä text")
  const html = "<html><head><title>x</title></head><h1>Hi &amp; bye</h1><ul><li>One</ul>"
  expect(await markdown(dataOf(Buffer.from(html), "text/html"))).toBe("# Hi & bye\n\n- One")
  expect(await markdown("https://example.com/contract.pdf")).toContain("contract.pdf")
  expect(await markdown(dataOf(Buffer.from([0, 1, 2, 3]), "image/png"))).toContain("does not know")
  const broken = pdf.subarray(0, 100)
  expect(await markdown(dataOf(broken, "application/pdf"))).toContain("encrypted or damaged")
})

test("the body without a model is still served, and schemas are kept", async ({ client }) => {
  const { pages } = await read(client, { document: pdf.toString("base64") })
  expect(pages).toHaveLength(2)
  const annotated = await read(client, {
    ...document(pdfAddress),
    document_annotation_format: {
      type: "json_schema",
      json_schema: {
        name: "invoice",
        schema: { type: "object", properties: { total: { type: "number" } }, required: ["total"] },
      },
    },
  })
  const annotation = z.object({ total: z.number() })
  expect(annotation.safeParse(JSON.parse(annotated.document_annotation ?? "")).success).toBe(true)
  const refused = [
    { model: mistral },
    { model: mistral, document: { type: "image_url" } },
    { document: pdfAddress, mimeType: "audio/mpeg" },
    { document: pdfAddress, pages: { type: "range", start: 0, end: 2 } },
  ]
  for (const body of refused) {
    const response = await client.post("/ocr", body)
    expect(response.status).toBe(400)
    const { message } = z.object({ message: z.string() }).parse(await response.json())
    expect(message).toMatch(/^Body validation error!\n./)
  }
})
