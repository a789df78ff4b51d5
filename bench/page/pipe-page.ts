/** The minimal page that can show an answer: a text box and one text node. */
export const pipePage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>pipe</title>
<link rel="icon" href="data:,">
<style>body{margin:0;height:100vh;display:flex;flex-direction:column}
div{flex:1;overflow-y:auto}pre{white-space:pre-wrap}</style></head>
<body><p>The bare pipe</p><div id="box"><pre role="log"></pre></div><textarea aria-label="Message"></textarea>
<script>
const [box, log, field] = ["#box", "pre", "textarea"].map((name) => document.querySelector(name))
const text = log.appendChild(document.createTextNode(""))
field.onkeydown = async (event) => {
  if (event.key !== "Enter") return
  event.preventDefault()
  const body = JSON.stringify({ messages: [{ role: "user", content: field.value }] })
  field.value = ""
  const response = await fetch("/", { method: "POST", body })
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ""
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    const events = (rest + value).split("\\n\\n")
    rest = events.pop()
    let more = ""
    for (const event of events) {
      if (event === "data: [DONE]") continue
      more += JSON.parse(event.slice(6)).choices[0]?.delta.content ?? ""
    }
    text.appendData(more)
    box.scrollTop = box.scrollHeight
  }
}
</script></body></html>
`
