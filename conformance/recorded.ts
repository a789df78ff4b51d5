import { bytesOf, type Marks, meta, tokens } from "./answers"

// Answers recorded from the real service, where they differ from samples and schemas.

type Recorded = (marks: Marks, root: string) => unknown

function url(marks: Marks, root: string, end: string): string {
  const made = `${root}/media/${marks.urls.length}.${end}`
  marks.urls.push(made)
  return made
}

function text(marks: Marks): string {
  const made = `Conformance text ${marks.texts.length + 1}.`
  marks.texts.push(made)
  return made
}

const usage = {
  prompt_tokens: tokens.input,
  completion_tokens: tokens.output,
  total_tokens: tokens.input + tokens.output,
}

const image: Recorded = (marks, root) => ({
  images: [
    { url: url(marks, root, "png"), width: 64, height: 64, content_type: "image/png" },
    { url: url(marks, root, "webp"), width: 64, height: 64, content_type: "image/webp" },
  ],
  seed: 454423425,
  has_nsfw_concepts: [false],
  prompt: "a picture",
  meta,
})
const shape: Recorded = (marks, root) => ({
  model_mesh: {
    url: url(marks, root, "glb"),
    content_type: "application/octet-stream",
    file_name: "model.glb",
    file_size: 1291912,
  },
  timings: { prepare: 3.68 },
  remeshing_dir: null,
  requestId: "019d",
  meta,
})

/** Recorded answers by kind of operation; `poll` is the response of a finished task. */
export const recorded: Record<string, { answer?: Recorded; poll?: Recorded }> = {
  chat: {
    answer: (marks) => ({
      id: "2025-04-09|09:53:23.624687-07|5.250.254.39|-1825976509",
      object: "chat.completion",
      created: 1744217603,
      model: "another-name-than-asked-for",
      choices: [
        {
          index: 0,
          finish_reason: "stop",
          logprobs: null,
          message: { role: "assistant", content: text(marks) },
          delta: { role: "assistant", content: "" },
        },
      ],
      usage,
      meta,
    }),
  },
  responses: {
    answer: (marks) => {
      const said = text(marks)
      return {
        id: "resp_1",
        object: "response",
        created_at: 1751884892,
        model: "m",
        status: "completed",
        output: [
          {
            id: "msg_1",
            type: "message",
            role: "assistant",
            status: "in_progress",
            content: [{ type: "output_text", annotations: [], logprobs: [], text: said }],
          },
        ],
        output_text: said,
        usage: {
          input_tokens: tokens.input,
          input_tokens_details: { cached_tokens: 0 },
          output_tokens: tokens.output,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: tokens.input + tokens.output,
        },
        meta,
      }
    },
  },
  messages: {
    answer: (marks) => ({
      id: "msg_01",
      type: "message",
      role: "assistant",
      model: "m",
      content: [{ type: "text", text: text(marks) }],
      stop_reason: "end_turn",
      stop_sequence: null,
      usage: {
        input_tokens: tokens.input,
        output_tokens: tokens.output,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
      },
      meta,
    }),
  },
  image: { answer: image },
  "3d": { answer: shape },
  video: {
    answer: () => ({ id: "60ac7c34-3224:some/model", status: "queued" }),
    poll: (marks, root) => ({
      id: "60ac7c34-3224:some/model",
      status: "completed",
      video: [url(marks, root, "mp4")],
      meta,
    }),
  },
  music: {
    answer: () => ({ id: "906aec79:some-audio", status: "waiting" }),
    poll: (marks, root) => ({
      id: "906aec79:some-audio",
      status: "completed",
      audio_file: { url: url(marks, root, "mp3"), content_type: "audio/mpeg", file_size: 10 },
      meta,
    }),
  },
  song: {
    answer: (marks) => ({
      data: { status: 2, audio: bytesOf(marks, "hex") },
      trace_id: "t",
      base_resp: { status_code: 0, status_msg: "success" },
      meta,
    }),
  },
  speech: {
    answer: (marks, root) => ({ audio: { url: url(marks, root, "mp3") }, meta }),
  },
  transcription: {
    answer: () => ({ generation_id: "234954179076239" }),
    poll: (marks) => ({
      status: "completed",
      result: {
        metadata: { duration: 11.4, channels: 1 },
        results: {
          channels: [{ alternatives: [{ transcript: text(marks), confidence: 0.99, words: [] }] }],
        },
      },
      meta,
    }),
  },
  "transcription-at-once": {
    answer: (marks) => ({
      metadata: { duration: 11.4, channels: 1 },
      results: {
        channels: [{ alternatives: [{ transcript: text(marks), confidence: 0.99, words: [] }] }],
      },
      meta,
    }),
  },
  ocr: {
    answer: (marks) => ({
      pages: [
        {
          index: 0,
          markdown: text(marks),
          images: [],
          dimensions: { dpi: 200, height: 9, width: 9 },
        },
      ],
      model: "m",
      usage_info: { pages_processed: 1, doc_size_bytes: 573156 },
      meta,
    }),
  },
  embedding: {
    answer: (marks) => {
      const vector = [0.125, 0.5, -1]
      marks.vectors.push(vector)
      const data = [{ object: "embedding", index: 0, embedding: vector }]
      return { object: "list", data, model: "m", usage: { total_tokens: 5 }, meta }
    },
  },
}
recorded.moderation = recorded.chat ?? {}
