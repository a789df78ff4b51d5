import type { Chunk } from "@/lib/parts"

/** The events of a UI message stream. Throws when it breaks, ends when `signal` says so. */
export async function* readStream(response: Response, signal: AbortSignal): AsyncGenerator<Chunk> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) return
  const cancel = () => void reader.cancel().catch(() => undefined)
  signal.addEventListener("abort", cancel)
  let rest = ""
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      const events = (rest + value).split("\n\n")
      rest = events.pop() ?? ""
      for (const event of events) {
        const data = event.replace(/^data: /, "")
        if (data !== "[DONE]") yield JSON.parse(data)
      }
    }
  } finally {
    signal.removeEventListener("abort", cancel)
    cancel()
  }
}
