/** The JSON of the events of a stream; comments and ends are left out. Ends when `signal` says so. */
export async function* readEvents(
  response: Response,
  signal: AbortSignal,
): AsyncGenerator<unknown> {
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
        if (!event.startsWith("data: ")) continue
        const data = event.slice(6)
        if (data !== "[DONE]") yield JSON.parse(data)
      }
    }
  } finally {
    signal.removeEventListener("abort", cancel)
    cancel()
  }
}
