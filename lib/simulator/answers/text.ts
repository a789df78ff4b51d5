import { pick } from "../random"
import { codeAnswer } from "./code"
import { everydayAnswer } from "./everyday"
import { historyAnswer } from "./history"
import { nativeOpening } from "./language"
import { longAnswer } from "./long"
import { arithmetic, mathAnswer } from "./math"
import { planAnswer } from "./plan"
import { excerpt, type Question } from "./question"
import { storyAnswer } from "./story"
import { tableAnswer } from "./table"
import { titleFor, wantsTitle } from "./title"
import { topics } from "./topics"

const opening = ({ seed, modelName }: Question) =>
  pick(seed, [
    `*Demo answer: this is Polylogue's built-in simulator, speaking in place of ${modelName}. Set \`AIMLAPI_API_KEY\` and the real model takes over.*`,
    `*You are reading Polylogue's built-in simulator, not ${modelName}. With \`AIMLAPI_API_KEY\` set, the same question reaches the real model.*`,
    `*${modelName} is not connected yet, so Polylogue's built-in simulator answers in its place. Setting \`AIMLAPI_API_KEY\` brings the real one.*`,
  ])

const greeting = ({
  modelName,
}: Question) => `Hello! I am the understudy for **${modelName}**: same stage, same light, but every line I speak was written beforehand.

A few things worth trying:

- *Why is the sky blue?*, for a proper explanation
- *Write a function in Python*, for code with colours
- *Compare server-sent events and WebSockets*, for a table
- *What was my first question?*, once there has been one`

const translation = ({
  text,
}: Question) => `The simulator cannot translate "${excerpt(text, 80)}", but it knows one sentence in eight languages, from a text that has been translated more often than almost any other: the first article of the Universal Declaration of Human Rights.

| Language | How it begins |
| :-- | :-- |
| English | All human beings are born free and equal in dignity and rights. |
| German | Alle Menschen sind frei und gleich an Würde und Rechten geboren. |
| Spanish | Todos los seres humanos nacen libres e iguales en dignidad y derechos. |
| French | Tous les êtres humains naissent libres et égaux en dignité et en droits. |
| Chinese | 人人生而自由,在尊严和权利上一律平等。 |
| Arabic | يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق. |
| Japanese | すべての人間は、生れながらにして自由であり、かつ、尊厳と権利とについて平等である。 |
| Russian | Все люди рождаются свободными и равными в своём достоинстве и правах. |`

const toolReport = (result: string) => {
  const shown = result.length > 600 ? `${result.slice(0, 600)}…` : result
  const fence = /^\s*[[{]/.test(result) ? "json" : "text"
  return `The tool has answered, and this is what came back:

\`\`\`${fence}
${shown.replaceAll("```", "'''")}
\`\`\`

A real model would now put this into its own words. What matters for the app is that the result travelled back under the right call.`
}

interface Kind {
  asks: RegExp
  answer: (question: Question) => string
}

/** The kinds of answers and what asks for them; the first that fits is given. */
const kinds: Kind[] = [
  {
    asks: /\b(first|last|previous|earlier) (question|message)|how many messages|what did i (ask|say)|(summar|recap).{0,30}(conversation|chat|so far|discuss)|do you remember|erste frage|primera pregunta/i,
    answer: historyAnswer,
  },
  {
    asks: /\b(very |really )?long (answer|text|essay|reply|response|explanation|article|version)|\bin (great )?(depth|detail)\b|2,?000 (tokens|words)|\bessay\b/i,
    answer: longAnswer,
  },
  ...topics.map(({ asks, answer }) => ({ asks, answer: () => answer })),
  {
    asks: /\bpoem|haiku|\brhyme|\bstory\b|fairy ?tale|gedicht|geschichte|cuento|poema/i,
    answer: storyAnswer,
  },
  {
    asks: /\b(table|compare|comparison|versus|vs\.?)\b|difference between|pros and cons|tabelle|tabla/i,
    answer: tableAnswer,
  },
  {
    asks: /\b(code|function|program|script|implement|python|typescript|javascript|rust|golang|sql|bash|regex|algorithm|debug|refactor|class|snippet)\b/i,
    answer: codeAnswer,
  },
  {
    asks: /\b(math|maths|mathematics|integral|equation|derivative|proof|prove|probability|bayes|formula|theorem|latex|calculus|gauss\w*|solve|calculate|basel)\b/i,
    answer: mathAnswer,
  },
  { asks: /\btranslat|übersetz|traduc|翻译/i, answer: translation },
  {
    asks: /\b(plan|checklist|to-?do|itinerary|steps|list|ideas|schedule|roadmap|organi[sz]e)\b|how (do|can|should) i\b/i,
    answer: planAnswer,
  },
  {
    asks: /^\s*(hi|hello|hey|good (morning|evening|afternoon)|hallo|hola|moin|salut|你好|مرحبا)\b.{0,30}$/iu,
    answer: greeting,
  },
]

function body(question: Question): string {
  const { text } = question
  if (question.toolResult !== undefined) return toolReport(question.toolResult)
  const kind = kinds.find(({ asks }) => asks.test(text))
  if (kind) return kind.answer(question)
  return arithmetic(text) ?? everydayAnswer(question)
}

/** The whole text of an answer. */
export function answerText(question: Question): string {
  const repeated = /repeat exactly:\s?([\s\S]*)$/i.exec(question.text)?.[1]
  if (repeated !== undefined) return repeated
  if (wantsTitle(question)) return titleFor(question)
  const attached = question.attachments.length
    ? `Your message came with ${question.attachments.join(", ")}. The simulator cannot look inside, but it arrived whole.`
    : undefined
  return [nativeOpening(question) ?? opening(question), attached, body(question)]
    .filter(Boolean)
    .join("\n\n")
}
