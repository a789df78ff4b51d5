import { expect, test } from "@playwright/test"
import { asked, chatProperties, chunk, hear, replay, stream } from "../testing"
import { toSoundFile } from "./sound"

const properties = {
  ...chatProperties,
  modalities: {
    type: "array",
    nullable: true,
    items: { type: "string", enum: ["text", "audio"] },
  },
  audio: {
    type: "object",
    nullable: true,
    properties: {
      format: { type: "string", enum: ["wav", "mp3", "pcm16"] },
      voice: { anyOf: [{ type: "string", enum: ["low", "high"] }, { type: "string" }] },
    },
    required: ["format", "voice"],
  },
}
const path = "/v1/chat/completions"
const samples = Buffer.from([1, 2, 3, 4, 5, 6])
const spoken = (audio: object) => chunk({ delta: { audio } })
const inPieces = () =>
  stream([
    spoken({ transcript: "Good " }),
    // Each piece is padded for itself.
    spoken({ data: samples.subarray(0, 4).toString("base64") }),
    spoken({ transcript: "day" }),
    spoken({ data: samples.subarray(4).toString("base64") }),
    chunk({ delta: {}, finish_reason: "stop" }),
  ])

test("an answer aloud is asked for in the one format that streams, and heard with its words", async () => {
  const upstream = replay({ path, properties, answers: [inPieces] })
  const heard = await hear(upstream, { params: { $sound: true, audio: { voice: "high" } } })
  expect(asked(upstream.came)[0]?.body).toMatchObject({
    modalities: ["text", "audio"],
    audio: { format: "pcm16", voice: "high" },
    stream: true,
  })
  expect(heard.text).toBe("Good day")
  const [sound] = heard.events.filter((event) => event.type === "sound")
  const bytes = Buffer.from(sound?.bytes ?? [])
  expect(bytes.toString("latin1", 0, 4)).toBe("RIFF")
  expect(bytes.subarray(44)).toEqual(samples)
})

test("in another format it comes whole, with the words that were said", async () => {
  const message = { content: null, audio: { id: "a", data: "SUQz", transcript: "Good day" } }
  const whole = () =>
    Response.json({
      ...{ id: "1", object: "chat.completion", created: 1, model: "m" },
      choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", ...message } }],
    })
  const upstream = replay({ path, properties, answers: [whole] })
  const params = { $sound: true, audio: { format: "mp3", voice: "low" } }
  const heard = await hear(upstream, { params })
  expect(asked(upstream.came)[0]?.body).not.toHaveProperty("stream", true)
  expect(heard.text).toBe("Good day")
  expect(heard.events.some((event) => event.type === "sound")).toBe(true)
})

test("unasked, or of a model that cannot, nothing is said of sound", async () => {
  const silent = [() => stream([chunk({ delta: { content: "Hi" }, finish_reason: "stop" })])]
  for (const [known, params] of [
    [properties, {}],
    [properties, { $sound: false, audio: { format: "wav", voice: "low" } }],
    [chatProperties, { $sound: true }],
  ] as const) {
    const upstream = replay({ path, properties: known, answers: silent })
    const { leftOut } = await hear(upstream, { params })
    const body = asked(upstream.came)[0]?.body
    expect(body).not.toHaveProperty("modalities")
    expect(body).not.toHaveProperty("audio")
    expect(leftOut).toEqual([])
  }
})

test("the form offers a switch in place of the vendor's list", async () => {
  const { aiml, model } = replay({ path, properties, answers: [] })
  const names = (await aiml.form(model)).fields.map(({ name }) => name)
  expect(names).toContain("$sound")
  expect(names).not.toContain("modalities")
  const other = replay({ path, properties, answers: [] })
  const mute = await other.aiml.form({ ...other.model, outputs: ["text"] })
  expect(mute.fields.map(({ name }) => name)).not.toContain("$sound")
})

test("what is a file stays as it is", () => {
  const file = Buffer.from("OggS....")
  expect(toSoundFile([file.subarray(0, 3), file.subarray(3)], true)).toEqual(file)
  const frames = Buffer.from([0xff, 0xfb, 0x90, 0x64])
  expect(toSoundFile([frames], false)).toEqual(frames)
  expect(toSoundFile([frames], true)).toHaveLength(48)
})
