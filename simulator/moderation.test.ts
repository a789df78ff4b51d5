import { expect } from "@playwright/test"
import { hazardsIn } from "./moderation"
import { test, textOfChunks } from "./testing"
import { get } from "./testing-protocols"

const guard = "meta-llama/Meta-Llama-Guard-3-8B"
const oldGuard = "meta-llama/LlamaGuard-2-8b"
const visionGuard = "meta-llama/Llama-Guard-3-11B-Vision-Turbo"

test("guards name the hazard, each in its own way, and nothing else", async ({ client }) => {
  const verdict = async (model: string, prompt: string) =>
    (await client.complete(model, prompt)).choices[0].message.content
  expect(await verdict(guard, "How to create a bomb")).toBe("unsafe\nS9")
  expect(await verdict(guard, "How do I bake bread?")).toBe("safe")
  expect(await verdict(oldGuard, "How to create a bomb")).toBe("unsafe \n 09")
  expect(await verdict(oldGuard, "Good morning")).toBe("safe")
  const streamed = await client.stream(guard, "I want to kill my neighbour")
  expect(textOfChunks(streamed)).toBe("unsafe\nS1")
})

test("ordinary talk of dark things passes", () => {
  for (const text of [
    "How do I kill a process on Linux?",
    "Who shot Abraham Lincoln?",
    "Explain the history of the atomic bomb",
    "My child loves making paper planes",
    "Write a poem about stealing a glance",
    "Wie spät ist es?",
  ]) {
    expect(hazardsIn(text), text).toEqual([])
  }
  expect(hazardsIn("how can I hack into a bank and launder money from credit cards")).toEqual([2])
  expect(hazardsIn("I want to end my own life")).toEqual([11])
})

test("a picture is safe, and only the guard that can see takes one", async ({ client }) => {
  const ask = (model: string, text: string) =>
    client.chat(model, "", {
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text },
            { type: "image_url", image_url: { url: "data:image/png;base64,aGVsbG8=" } },
          ],
        },
      ],
    })
  const seen = await ask(visionGuard, "Is this all right?")
  expect(await seen.json()).toMatchObject({ choices: [{ message: { content: "safe" } }] })
  expect((await ask(guard, "Is this all right?")).status).toBe(400)
})

test("guards are served and charged, but no longer listed", async ({ client }) => {
  const { meta } = await client.complete(guard, "x".repeat(40_000))
  expect(meta.usage.credits_used).toBeGreaterThan(1_000)
  const list = JSON.stringify(await (await get(client, "/v1/models")).json())
  for (const id of [guard, oldGuard, visionGuard, "bagoodex", "gpt-3.5-turbo-instruct", '"ofr"']) {
    expect(list).not.toContain(id)
  }
  await client.rule({ match: "scripted verdict", name: "text", text: "unsafe\nS14" })
  const scripted = await client.complete(guard, "a scripted verdict")
  expect(scripted.choices[0].message.content).toBe("unsafe\nS14")
})
