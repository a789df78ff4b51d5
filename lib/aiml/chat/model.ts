import {
  createJsonErrorResponseHandler,
  extractResponseHeaders,
  postJsonToApi,
  type ResponseHandler,
} from "@ai-sdk/provider-utils"
import { z } from "zod"
import { shapingFetch } from "../http/shaping-fetch"
import type { Upstream } from "../http/upstream"
import type { TextCall } from "../protocol"
import type { StreamingModel } from "../text/answer"
import { shapeChat } from "./body"
import { toChatRequest } from "./request"
import { readChatStream } from "./stream"

/**
 * Chat completions behind the AI SDK's provider interface. Ours, since the SDK's own takes as long to read a
 * short answer as all the rest of a turn, and drops what this upstream says besides words.
 */
export function chatModel(upstream: Upstream, call: TextCall, canStream: boolean): StreamingModel {
  return {
    async doStream(options) {
      const { value, responseHeaders } = await postJsonToApi({
        url: upstream.root,
        headers: { authorization: `Bearer ${upstream.apiKey}`, ...options.headers },
        body: { ...toChatRequest(options), ...(!canStream && wholeAnswer) },
        failedResponseHandler,
        successfulResponseHandler,
        ...(options.abortSignal && { abortSignal: options.abortSignal }),
        fetch: shapingFetch(
          upstream,
          call,
          (body, schema) => shapeChat(body, schema, call.params),
          true,
        ),
      })
      return { stream: readChatStream(value), response: { headers: responseHeaders ?? {} } }
    },
  }
}

const wholeAnswer = { stream: undefined, stream_options: undefined }

const errorSchema = z.looseObject({ error: z.looseObject({ message: z.string() }) })
const failedResponseHandler = createJsonErrorResponseHandler({
  errorSchema,
  errorToMessage: ({ error }) => error.message,
})

const successfulResponseHandler: ResponseHandler<ReadableStream<Uint8Array>> = async ({
  response,
}) => ({
  responseHeaders: extractResponseHeaders(response),
  value: response.body ?? new Blob([]).stream(),
})
