import { expect, test } from "@playwright/test"
import { asked, inputOf, make, replay } from "../testing"

// Quirks of the vendor's API by number: media results.

const prompt = { prompt: { type: "string" } }
const video = { path: "/v2/video/generations", properties: prompt }
const json = (body: unknown) => () => Response.json(body)

/** A model's results: URLs, or bytes as base64. */
async function madeBy(path: string, answers: (() => Response)[], properties: object = prompt) {
  const upstream = replay({ path, properties: { ...properties }, answers })
  const done = await make(upstream)
  if (done.state !== "done") throw new Error("not done")
  const outputs = done.outputs.map((output) => {
    if (output.type !== "media") return output.type === "text" ? output.text : output.value
    const { source } = output
    return "url" in source ? source.url : Buffer.from(source.bytes).toString("base64")
  })
  return { outputs, done, came: asked(upstream.came) }
}

test("16: a task's id is opaque: with a colon, slashes and signs, or digits only, however long", async () => {
  const ids = ["6bf:veo3", "60ac:kling-video/v1/standard", "a#b?c&d=e f", "234954179076239"]
  for (const id of ids) {
    const answers = [
      json({ id, status: "queued" }),
      json({ id, status: "completed", video: "https://x.co/a" }),
    ]
    const { came } = await madeBy(video.path, answers)
    const polled = new URL(came[1]?.address ?? "", "http://x")
    expect([polled.pathname, [...polled.searchParams]]).toEqual([
      video.path,
      [["generation_id", id]],
    ])
  }
  const bare = () => new Response('{"id": 234954179076239123457, "status": "queued"}')
  const { came } = await madeBy(video.path, [
    bare,
    json({ status: "completed", video: "https://x.co/a" }),
  ])
  expect(came[1]?.address).toBe(`${video.path}?generation_id=234954179076239123457`)
})

test("17: a task is known by `id` or by `generation_id`", async () => {
  for (const name of ["id", "generation_id"]) {
    const answers = [
      json({ [name]: "task/1" }),
      json({ status: "completed", video: "https://x.co/a" }),
    ]
    const { came } = await madeBy(video.path, answers)
    expect(came[1]?.address).toBe(`${video.path}?generation_id=task%2F1`)
  }
})

test("18: whatever a state is called, it is under way, done or failed", async () => {
  const states = [
    "queued",
    "waiting",
    "active",
    "processing",
    "generating",
    "dreaming",
    "in_progress",
  ]
  const looks = states.map((state, index) =>
    json({ id: "1", [index % 2 ? "state" : "status"]: state }),
  )
  const end = json({ id: "1", status: "completed", video: "https://x.co/a" })
  expect((await madeBy(video.path, [json({ id: "1" }), ...looks, end])).came).toHaveLength(9)
  for (const status of ["completed", "succeeded", "success"]) {
    const { outputs } = await madeBy(video.path, [
      json({ id: "1", status, video: "https://x.co/a" }),
    ])
    expect(outputs).toEqual(["https://x.co/a"])
  }
  for (const status of ["error", "failed", "cancelled", "canceled", "expired"]) {
    const answers = [json({ id: "1", status: "queued" }), json({ id: "1", status, error: null })]
    await expect(madeBy(video.path, answers)).rejects.toMatchObject({ code: "job_failed" })
  }
  const error = { name: "BadRequest", message: "The picture is too small." }
  await expect(
    madeBy(video.path, [json({ id: "1", status: "error", error })]),
  ).rejects.toMatchObject({ code: "job_failed", cause: "BadRequest: The picture is too small." })
})

test("19: a video is an object, a list of addresses, a list of objects or an address", async () => {
  const url = "https://cdn.example.com/output.mp4"
  for (const shape of [{ url, content_type: "video/mp4" }, [url], [{ url }], url]) {
    const { outputs } = await madeBy(video.path, [
      json({ id: "1", status: "completed", video: shape }),
    ])
    expect(outputs).toEqual([url])
  }
})

test("20: pictures come as `data` or `images`, as addresses or in base64, each once", async () => {
  const a = "https://cdn.example.com/a.png"
  const b = "https://other.example.com/b?Signature=%2B"
  const [one, two] = [Buffer.from("picture one"), Buffer.from("picture two")].map((bytes) =>
    bytes.toString("base64"),
  )
  const beside = {
    ...{ created: 1, timings: { inference: 0.34 }, seed: 454423425, prompt: "https-like text" },
    ...{ has_nsfw_concepts: [false], description: "", usage: { total_tokens: 9 } },
  }
  const shapes: [object, unknown[]][] = [
    [{ data: [{ url: a, revised_prompt: "A lighthouse" }, { url: b }] }, [a, b]],
    [{ images: [{ url: a, width: 64, height: 64, content_type: "image/png" }] }, [a]],
    [{ data: [{ url: a }], images: [{ url: a }] }, [a]],
    [{ data: [{ b64_json: one, mime_type: "image/png" }, { b64_json: two }] }, [one, two]],
    [{ data: [{ url: a, b64_json: one }] }, [a]],
    [{ data: [{ url: null, b64_json: one }] }, [one]],
  ]
  for (const [shape, expected] of shapes) {
    const { outputs, done } = await madeBy("/v1/images/generations", [
      json({ ...shape, ...beside }),
    ])
    expect(outputs).toEqual(expected)
    expect(done.facts.units).toEqual({ images: expected.length })
  }
})

test("21: speech comes as bytes or as JSON that says where it is", async () => {
  const text = { text: { type: "string" } }
  const bytes = Buffer.from("RIFF and sound")
  for (const type of ["audio/wav", "application/octet-stream", ""]) {
    const answer = () => new Response(bytes, { headers: type ? { "content-type": type } : {} })
    const { outputs, done } = await madeBy("/v1/tts", [answer], text)
    expect(outputs).toEqual([bytes.toString("base64")])
    expect(done.facts.units).toEqual({ characters: 12 })
  }
  for (const audio of [{ url: "https://x.co/a.mp3" }, "https://x.co/a.mp3"]) {
    expect((await madeBy("/v1/tts", [json({ audio })], text)).outputs).toEqual([
      "https://x.co/a.mp3",
    ])
  }
})

test("22: a transcript lies in `result` or `output`, in channels or as one text", async () => {
  const channels = { results: { channels: [{ alternatives: [{ transcript: "Hello there" }] }] } }
  const results = [
    { result: channels },
    { output: channels },
    { result: { text: "Hello there" } },
    { output: { text: "Hello there" } },
    { result: "Hello there" },
    { result: null, output: { text: "Hello there" } },
  ]
  for (const result of results) {
    const upstream = replay({
      path: "/v1/stt/create",
      properties: { audio: { type: "string", format: "binary" } },
      answers: [
        json({ generation_id: "a:1" }),
        json({ status: "waiting" }),
        json({ status: "completed", ...result }),
      ],
    })
    const files = [inputOf("audio", "a.wav", "audio/wav", "sound")]
    const done = await make(upstream, { inputs: { text: "", files } })
    expect(done).toMatchObject({ state: "done", outputs: [{ type: "text", text: "Hello there" }] })
    expect(asked(upstream.came)[2]?.address).toBe("/v1/stt/a%3A1")
  }
})

test("22: a transcript that is no longer kept is a task that is gone, not a model", async () => {
  const gone = () => Response.json({ message: "Not Found", statusCode: 404 }, { status: 404 })
  const answers = [json({ id: "1", status: "queued" }), gone]
  await expect(madeBy(video.path, answers)).rejects.toMatchObject({ code: "job_gone" })
})
