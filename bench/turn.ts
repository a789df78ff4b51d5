import { newId } from "../lib/base/id"
import type { Order } from "./load/job"
import type { Person } from "./people"
import { type Script, toPrompt } from "./prompt"
import { chatModel } from "./upstream/catalogue"

/** A question in a new conversation of the person. */
export function turnOrder(site: string, person: Person, script: Script, afterMs = 0): Order {
  const body = turnBody({ prompt: toPrompt(script), parentId: null })
  return {
    ...common(script, body, afterMs),
    url: `${site}/api/conversations/${newId()}/turn`,
    headers: turnHeaders(site, person),
  }
}

/** The same question to the bare pipe. */
export function pipeOrder(pipeUrl: string, script: Script, afterMs = 0): Order {
  const messages = [{ role: "user", content: toPrompt(script) }]
  const body = JSON.stringify({ model: chatModel, messages, stream: true })
  const headers = { "content-type": "application/json" }
  return { ...common(script, body, afterMs), url: `${pipeUrl}/`, headers }
}

/** The body of a turn request. */
export function turnBody({ prompt, parentId }: { prompt: string; parentId: string | null }) {
  const message = { id: newId(), parentId, parts: [{ type: "text", text: prompt }] }
  return JSON.stringify({ message, models: [chatModel] })
}

/** The headers a browser sends with a turn. */
export function turnHeaders(site: string, { cookie }: Person): Record<string, string> {
  return { cookie, origin: site, "content-type": "application/json" }
}

function common(script: Script, body: string, afterMs: number) {
  const chunks = Math.ceil(script.tokens / script.chunk)
  return { scriptId: script.id, chunks, body, afterMs }
}
