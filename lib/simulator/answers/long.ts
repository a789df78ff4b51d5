import { gaussian } from "./math"
import { excerpt, type Question } from "./question"
import { transports } from "./table"

const parser = `## Reading a stream without tears

A stream is cut wherever the network likes: in the middle of a line, in the middle of a word, in the middle of a letter that takes four bytes. A reader that forgets this works on the developer's machine and fails on a train.

\`\`\`typescript
async function* readEvents(response: Response): AsyncGenerator<unknown> {
  if (!response.body) return
  let rest = ""
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    rest += text
    const events = rest.split(/\\r?\\n\\r?\\n/)
    rest = events.pop() ?? ""
    for (const event of events) {
      for (const line of event.split(/\\r?\\n/)) {
        if (!line.startsWith("data:")) continue
        const data = line.slice(5).trim()
        if (data === "[DONE]") return
        yield JSON.parse(data)
      }
    }
  }
}
\`\`\`

Four decisions hide in these lines:

1. **\`TextDecoderStream\` keeps half letters back** until the other half arrives. Decoding each chunk on its own would turn an emoji into two question marks.
2. **The last piece is not an event yet.** It stays in \`rest\` until an empty line proves that it is whole.
3. **Lines that do not begin with \`data:\` are skipped.** A line that begins with a colon is a comment; servers send them to keep the connection warm.
4. **The end of the connection is an end, too.** \`[DONE]\` is a custom, not a law, and some models never send it.`

const people = `## What people notice

Speed is felt in three places, and a single average hides all of them.

- **The first word.** Below a second, an answer feels like a conversation. After three, people look elsewhere, and no speed later on brings them back.
- **The steady pace.** Most of us read four or five words a second. Fifty tokens a second is already eight times as fast as anybody reads; beyond that, the gain is in skimming.
- **The last jump.** When the page moves under the eye, the place is lost. A transcript should follow the end only while the reader is at the end.

> The kindest thing an interface can do during a long answer is to let the reader stop it, and keep what was there.

### A budget for one answer

| Stage | Fast | Acceptable | Look into it |
| :-- | --: | --: | --: |
| Request leaves the browser | 5 ms | 20 ms | 100 ms |
| Own server adds | 10 ms | 50 ms | 200 ms |
| First token from the model | 250 ms | 900 ms | 3 s |
| One frame drawn | 4 ms | 16 ms | 50 ms |

The second row is the only one that is wholly yours. Measure it against a stand-in whose speed you know, or you will be measuring somebody else's computer.`

const states = `## The states an answer can be in

A streamed answer has more endings than beginnings. It is worth listing them before writing any code, because each one the list forgets becomes a spinner that never stops.

| Ending | How it looks on the wire | What the reader should see |
| :-- | :-- | :-- |
| Finished | a reason of \`stop\`, then usage | the answer, and what it cost |
| Cut by a limit | a reason of \`length\` | the answer, and an offer to go on |
| Withheld | a reason of \`content_filter\` | a plain sentence, no blame |
| Stopped by the reader | the client closes | what had arrived, kept |
| Lost | the connection ends without a reason | what had arrived, and *try again* |
| Silent | nothing, for a long time | a deadline, then the same as lost |

1. **Keep what arrived.** Half an answer has been paid for, and it often holds what was wanted.
2. **Never guess the reason.** A connection that closes without one did not finish, however final the last sentence sounds.
3. **Retry only what cannot have started.** Once the first word has come, asking again means paying twice, so that choice belongs to the reader.`

/** A long answer with a bit of everything a transcript must be able to show. */
export function longAnswer(question: Question): string {
  return `# The long way from a question to an answer

You asked: "${excerpt(question.text, 160)}". You wanted length, so here is a small guide to what goes on while an answer like this one grows. It has headings, lists, tables, code and mathematics, and all of it is true.

${transports}

${parser}

${people}

${states}

${gaussian}

## What to take with you

- An answer is a *sequence of events*, not a text. Text is what remains when the events are over.
- Everything that can be cut will be cut: chunks, connections, and attention.
- Whoever measures must say **what**: first word, pace, or the whole.

| If you remember only one thing | it should be |
| :-- | :-- |
| as a reader | you may stop at any time |
| as a developer | the end of the stream is a state, not an error |
| as a mathematician | sometimes two dimensions are easier than one |

That was the long answer. The short one is the last table.`
}
