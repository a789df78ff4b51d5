import { request } from "@playwright/test"
import { newId } from "@/lib/base/id"
import { Api } from "./api"
import type { Owned } from "./doors"
import { test as base } from "./fixtures"
import { newCaller, sameOrigin, site } from "./people"

/** Ids that nobody owns. */
export const missing = (): Owned => ({
  ...{ conversation: newId(), question: newId(), answer: newId() },
  ...{ file: newId(), generation: newId() },
})

/** A person A and what she owns, as it was in the beginning. */
type World = { a: Api; owned: Owned; before: Awaited<ReturnType<Api["conversation"]>> }
type Worlds = {
  /** One that nothing in it is changed. */
  world: World
  /** One whose owner goes through every door. */
  ownWorld: World
}
/** Nobody, and somebody new: one of the doors ends all her sessions. */
type Strangers = { strangers: { nobody: Api; b: Api } }

async function createWorld(): Promise<World> {
  const calls = await newCaller()
  const a = new Api(calls)
  const conversation = newId()
  await a.turn(conversation, `secret of A ${conversation}`)
  const before = await a.conversation(conversation)
  const [question, answer] = before.messages
  const file = { name: `${conversation}.txt`, mimeType: "text/plain", buffer: Buffer.from("of A") }
  const uploaded = await calls.post("/api/files", { headers: sameOrigin, multipart: { file } })
  const owned = {
    conversation,
    question: question?.id ?? "",
    answer: answer?.id ?? "",
    file: (await uploaded.json()).id,
    generation: await a.generation({ model: "flux/schnell", text: `of A ${conversation}` }),
  }
  return { a, owned, before }
}

/** Worlds are made once for all the doors that a worker knocks at. */
export const test = base.extend<Strangers, Worlds>({
  // biome-ignore-start lint/correctness/noEmptyPattern: Playwright reads the names from here
  world: [async ({}, use) => use(await createWorld()), { scope: "worker" }],
  ownWorld: [async ({}, use) => use(await createWorld()), { scope: "worker" }],
  strangers: async ({}, use) => {
    const nobody = new Api(await request.newContext({ baseURL: site }))
    await use({ nobody, b: new Api(await newCaller()) })
  },
  // biome-ignore-end lint/correctness/noEmptyPattern: as above
})
