import type { LanguageModelV4 } from "@ai-sdk/provider"
import { type LanguageModelMiddleware, simulateStreamingMiddleware, wrapLanguageModel } from "ai"
import type { TextCall } from "../protocol"
import { fits } from "../schema/check"
import type { Operation } from "../schema/operation"
import type { StreamingModel } from "./answer"

type WrapStream = NonNullable<LanguageModelMiddleware["wrapStream"]>
type StreamPart =
  Awaited<ReturnType<WrapStream>>["stream"] extends ReadableStream<infer Part> ? Part : never

/** What cannot be streamed comes in one piece; readers see no difference. */
export function streaming(model: LanguageModelV4, { operation }: TextCall): StreamingModel {
  return canStream(operation) ? model : wrapLanguageModel({ model, middleware: inOnePiece })
}

/** Whether a model's schema lets it stream. */
export function canStream({ request }: Operation): boolean {
  return !request || fits(request.properties.stream, true)
}

/** The whole answer comes as the one raw chunk of its stream: what it cost is told there only. */
const inOnePiece: LanguageModelMiddleware = {
  specificationVersion: "v4",
  async wrapStream({ doGenerate, ...call }) {
    const generated = await doGenerate()
    // What came whole is not cut, though nobody says why it ended.
    const told = generated.finishReason
    const isUntold = told.raw === undefined && told.unified === "other"
    const finishReason = isUntold ? { ...told, unified: "stop" as const } : told
    const result = { ...generated, finishReason }
    const { wrapStream } = simulateStreamingMiddleware()
    if (!wrapStream) throw new Error("the middleware streams")
    const { stream, ...rest } = await wrapStream({ ...call, doGenerate: async () => result })
    const raw = new TransformStream<StreamPart, StreamPart>({
      transform(part, controller) {
        controller.enqueue(part)
        if (part.type !== "response-metadata") return
        controller.enqueue({ type: "raw", rawValue: result.response?.body })
      },
    })
    return { ...rest, stream: stream.pipeThrough(raw) }
  },
}
