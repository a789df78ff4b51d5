import { pick } from "../random"
import { excerpt, keywords, type Question } from "./question"

export const transports = `## Three ways to get live data into a browser

| | Polling | Server-sent events | WebSocket |
| :-- | :-- | :-- | :-- |
| Direction | client asks | server to client | both ways |
| Connection | one per question | one, stays open | one, stays open |
| Reconnects by itself | always, it never stays | yes, with the last event id | no, you write it |
| Works over plain HTTP | yes | yes | needs an upgrade |
| Binary data | yes | text only | yes |
| Typical delay | half the interval | one network trip | one network trip |

**How to read it.** The answer you are watching needs one direction and text, so server-sent events fit: any proxy that can pass a slow download can pass them. A shared drawing board speaks in both directions many times a second, and there the WebSocket earns its keep. Polling stays the honest choice when news arrives once a minute, because nothing is simpler to operate.`

const structures = `## Four places to keep a collection

| Structure | Find by key | Insert | Keeps order | Best at |
| :-- | --: | --: | :-: | :-- |
| Array | $O(n)$ | $O(1)$ at the end | insertion | walking through everything |
| Hash map | $O(1)$ on average | $O(1)$ on average | no promise in general | looking things up |
| Balanced tree | $O(\\log n)$ | $O(\\log n)$ | sorted | ranges: "all between A and B" |
| Heap | $O(n)$ | $O(\\log n)$ | only the smallest | "what comes next?" |

**How to read it.** The columns hide a constant. For a hundred entries the array usually wins all four rows, since it lies in one piece of memory and the processor reads ahead. The letters start to matter when $n$ does, somewhere in the thousands.`

function ofTheirWords(left: string, right: string): string {
  return `## ${left} and ${right}, side by side

| Ask this | of ${left} | of ${right} |
| :-- | :-- | :-- |
| What is it best at? | the case it was made for | the case it was made for |
| What does it cost to start? | time to learn, money, setting up | the same three, weighed anew |
| What does it cost to leave? | data you can take with you | habits you would have to change |
| Who else relies on it? | people to ask when stuck | people to ask when stuck |
| What would change my mind? | one measurement, named before | one measurement, named before |

The simulator has no opinion about **${left}** or **${right}**, and an invented verdict would be worth less than none. The frame is real, though: fill the two columns with a sentence each, and the row you cannot fill is the one to look up first. Comparisons go wrong less often in the facts than in a missing last row.`
}

/** A comparison: of the two things the question names, or of things the simulator knows. */
export function tableAnswer(question: Question): string {
  const { text } = question
  const pair =
    /(?:compare|between|table of)\s+(.{2,30}?)\s+(?:and|with|to|vs\.?|versus)\s+([^,.?!\n]{2,30})/i.exec(
      text,
    ) ?? /(\S{2,30})\s+(?:vs\.?|versus)\s+(\S{2,30})/i.exec(text)
  const [, left, right] = pair ?? []
  if (/websocket|sse|server-sent|polling|stream/i.test(text)) return transports
  if (left && right)
    return ofTheirWords(excerpt(left, 30), excerpt(right.replace(/[?!.]+$/, ""), 30))
  const about = keywords(text, 3).join(", ")
  return `${about ? `You asked for a table (${about}). ` : ""}Here is one whose every cell is true.\n\n${pick(question.seed, [transports, structures])}`
}
