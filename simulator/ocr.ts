import { z } from "zod"
import { accept, refuseBody } from "./accept"
import { valueFor } from "./answers/from-schema"
import type { Model } from "./catalogue"
import type { Exchange, Route } from "./exchange"
import { answeredInstead } from "./gate"
import { chance } from "./random"
import { dotsPerInch, type Page, readPages } from "./reading/document"
import { chosenPages } from "./reading/page-choice"
import { nameOfAddress, type Source, sourceAt } from "./reading/source"

/** What reads a document when no model is named, as in the days when there was only one. */
const unnamedModel = "google/gc-document-ai"

const requestSchema = z.object({
  document: z.union([
    z.string(),
    z.object({ document_url: z.string() }).transform(({ document_url }) => document_url),
    z.object({ image_url: z.string() }).transform(({ image_url }) => image_url),
  ]),
  mimeType: z.string().nullish(),
  pages: z.unknown().optional(),
  include_image_base64: z.boolean().nullish(),
  image_limit: z.number().nullish(),
  image_min_size: z.number().nullish(),
  document_annotation_format: z
    .object({ json_schema: z.object({ schema: z.unknown() }) })
    .nullish(),
})
type Request = z.infer<typeof requestSchema>

const documentOf = (body: Record<string, unknown>) => requestSchema.safeParse(body).data?.document

/** A document as an address, or as the bare base64 that one family takes as well. */
function sourceIn(exchange: Exchange, { document, mimeType }: Request): Source {
  const isBase64 =
    !/^[a-z][a-z0-9+.-]*:/i.test(document) && /^[A-Za-z0-9+/=\s]{40,}$/.test(document)
  const source = isBase64
    ? { name: "document", bytes: Buffer.from(document, "base64") }
    : sourceAt(exchange, document)
  return mimeType ? { ...source, mediaType: mimeType } : source
}

function imagesOf({ picture, width, height }: Page, request: Request): object[] {
  const { include_image_base64, image_limit, image_min_size } = request
  const isWanted = (image_limit ?? 1) > 0 && Math.min(width, height) >= (image_min_size ?? 0)
  if (!picture || !isWanted) return []
  return [
    {
      id: picture.name,
      top_left_x: 0,
      top_left_y: 0,
      bottom_right_x: width,
      bottom_right_y: height,
      ...(include_image_base64 && { image_base64: picture.dataAddress }),
    },
  ]
}

/** Many answer under a longer name than they are called by. */
function answeringName({ id }: Model): string {
  const name = id.replace(/^.*\//, "")
  return chance(`ocr name ${id}`, 0.5) ? `${name}-completion` : name
}

async function read(exchange: Exchange): Promise<void> {
  const { body, model, plan } = await accept(
    exchange,
    "ocr",
    (given) => nameOfAddress(documentOf(given) ?? ""),
    { fallbackModel: unnamedModel },
  )
  const parsed = requestSchema.safeParse(body)
  if (!parsed.success) refuseBody(exchange, [{ path: "document", message: "Required" }])
  if (await answeredInstead(exchange, plan)) return exchange.failed()
  if (!(await exchange.pause(plan.delayMs))) return exchange.failed()
  const request = requestSchema.parse(body)
  const source = sourceIn(exchange, request)
  const isChosen = chosenPages(request.pages)
  const pages = (await readPages(source)).flatMap((page, index) =>
    isChosen(index) ? [{ page, index }] : [],
  )
  const amounts = {
    page: { input: pages.length, output: pages.length },
    image: { input: pages.length },
    generation: { output: 1 },
  }
  const annotation = request.document_annotation_format?.json_schema.schema
  const text = pages.map(({ page }) => page.markdown).join("\n\n")
  const answer = {
    pages: pages.map(({ page, index }) => ({
      index,
      markdown: plan.text ?? page.markdown,
      images: imagesOf(page, request),
      dimensions: { dpi: dotsPerInch, height: page.height, width: page.width },
    })),
    model: answeringName(model),
    ...(annotation !== undefined && {
      document_annotation: JSON.stringify(valueFor(annotation, text)),
    }),
    usage_info: {
      pages_processed: pages.length,
      ...(source.bytes && { doc_size_bytes: source.bytes.length }),
    },
  }
  const status = chance(`created ${model.id}`, 0.25) ? 200 : 201
  exchange.sendBilled(status, answer, exchange.charge(model, amounts, body))
}

export const ocrRoutes: Route[] = [
  { method: "POST", path: /^(?:\/v1(?:\/playground)?)?\/ocr$/, handle: read },
]
