import { z } from "zod"
import { toStorable } from "../../base/postgres-text"
import { joinPages, pagesLabel } from "../../message/document-pages"
import { readFacts } from "../facts"
import { sendForJson } from "../http/upstream"
import { readMedia } from "../media/media-result"
import type { MediaProtocol } from "../protocol"
import { orEmpty } from "./outputs"

const pageSchema = z.looseObject({
  index: z.number().catch(0),
  markdown: z.string().catch(""),
  images: z.unknown().optional(),
})
const answerSchema = z.looseObject({
  pages: z.array(pageSchema).nullish().catch(null),
  text: z.string().nullish().catch(null),
  markdown: z.string().nullish().catch(null),
  document_annotation: z.json().nullish().catch(null),
})

/** What stands on the pages of a document, as markdown. */
export const ocr: MediaProtocol = {
  name: "ocr",
  path: /\/ocr$/,
  address: "/v1/ocr",
  reading: { texts: [], files: "document", label: "Document" },
  plain: {
    type: "object",
    properties: {
      model: { type: "string" },
      document: {
        anyOf: [
          {
            type: "object",
            properties: {
              type: { type: "string", enum: ["document_url"] },
              document_url: { type: "string" },
            },
            required: ["type", "document_url"],
          },
          {
            type: "object",
            properties: {
              type: { type: "string", enum: ["image_url"] },
              image_url: { type: "string" },
            },
            required: ["type", "image_url"],
          },
        ],
      },
    },
    required: ["model", "document"],
  },
  async start(upstream, { path, body, ...context }) {
    const { json, headers } = await sendForJson(upstream, {
      method: "POST",
      path,
      body,
      ...context,
    })
    const parsed = answerSchema.safeParse(json)
    const answer = parsed.success ? parsed.data : {}
    const pages = (answer.pages ?? []).toSorted((a, b) => a.index - b.index)
    // Pages are counted from zero. What cannot be kept goes now, since they are found by their length.
    const joined = joinPages(
      pages.map(({ index, markdown }) => ({ number: index + 1, markdown: toStorable(markdown) })),
    )
    const text = joined.text || answer.markdown || answer.text
    const annotation = answer.document_annotation ?? null
    const outputs = orEmpty(
      [
        ...(text ? [{ type: "text" as const, text }] : []),
        ...(joined.text ? [{ type: "data" as const, label: pagesLabel, value: joined.value }] : []),
        ...readMedia(
          pages.map(({ images }) => images ?? []),
          "image",
        ),
        ...(annotation === null
          ? []
          : [{ type: "data" as const, label: "Annotation", value: annotation }]),
      ],
      headers,
    )
    const facts = readFacts(json, headers)
    const units = { ...(pages.length > 0 && { pages: pages.length }), ...facts.units }
    return { state: "done", outputs, facts: { ...facts, units } }
  },
}
