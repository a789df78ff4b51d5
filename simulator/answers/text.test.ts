import { expect, test } from "@playwright/test"
import { Catalogue } from "../catalogue"
import { chatRequestSchema } from "../chat-request"
import { tokenize } from "../tokens"
import { questionFrom } from "./question"
import { answerText } from "./text"

function answer(...texts: string[]): string {
  const messages = texts.map((content, index) => ({
    role: index % 2 === 0 ? "user" : "assistant",
    content,
  }))
  const model = new Catalogue().find("gpt-4o")
  if (!model) throw new Error("the catalogue lost its model")
  const request = chatRequestSchema.parse({ model: model.id, messages })
  return answerText(questionFrom(request, model))
}

const questions = {
  "Write a function in Python": "```python",
  "Compare tea and coffee": "| *Camellia sinensis* | *Coffea arabica*",
  "Make a table": "| :-",
  "What is 17 * 23?": "17 \\times 23 = 391",
  "What is 2 ^ 3 ^ 2 - (1 + 4) * 2?": "2^{3^{2}} - (1 + 4) \\times 2 = 502",
  "Solve this integral": "$$",
  "Tell me a story about a harbour": "*harbour.",
  "Write a poem about snow": "*snow*",
  "Give me a plan for learning chess": "1. **",
  "Why is the sky blue?": "\\frac{1}{\\lambda^4}",
  "What do you make of marmalade?": "would rather not make something up",
  "Tell me about the French Revolution, year by year": "| 14 July 1789 |",
  "What are black holes?": "event horizon",
  hello: "I am the understudy",
  thanks: "You are welcome",
}

for (const [question, part] of Object.entries(questions)) {
  test(`"${question}" is answered in kind`, () => {
    const text = answer(question)
    expect(text.replaceAll("_", "*")).toContain(part.replaceAll("_", "*"))
    expect(text.split("\n")[0]).toMatch(/simulator.*AIMLAPI_API_KEY|AIMLAPI_API_KEY.*/)
    expect(tokenize(text).join("")).toBe(text)
  })
}

const headings = (text: string) => text.match(/^## .+$/gm)

const questionsOfManyParts = {
  "Compare quicksort and mergesort in a table, and show quicksort in Python. What is the math of its average case?":
    [
      "## Quicksort and mergesort side by side",
      "## Quicksort in Python",
      "## Why quicksort takes n log n on average",
    ],
  "Prove that there are infinitely many primes, then show a sieve in Python": [
    "## Why there are infinitely many primes",
    "## Prime numbers in Python",
  ],
  "Show compound interest as a table, then in TypeScript": [
    "## How compound interest grows",
    "## Compound interest in TypeScript",
  ],
  "Write a haiku and a short story about a harbour, then explain black holes": [
    "## A haiku",
    "## Letters to the lighthouse",
    "## What a black hole is",
  ],
  "Show a table of the planets and a haiku": ["## The planets side by side", "## A haiku"],
  "Explain recursion with Python code": ["## What recursion is", "## Recursion in Python"],
  "Show quicksort in Python and TypeScript": [
    "## Quicksort in Python",
    "## Quicksort in TypeScript",
  ],
  "How does a quicksort work? And what about the tides?": [
    "## How quicksort works",
    "## Why there are two tides a day",
  ],
}

for (const [question, parts] of Object.entries(questionsOfManyParts)) {
  test(`"${question}" gets every part, in order`, () => {
    expect(headings(answer(question))).toEqual(parts)
  })
}

test("a comparison shows the facts of those compared and of nobody else", () => {
  const sorts = answer("What is the difference between quicksort and heapsort?")
  expect(sorts).toContain("| Quicksort | Heapsort |")
  expect(sorts).toContain("- **Heapsort**")
  expect(sorts).not.toContain("Mergesort")
  expect(answer("SQLite vs. Postgres, which is better?")).toContain("| SQLite | PostgreSQL |")
  expect(answer("Compare Earth and Mars")).toContain("| One turn | 23.9 h | 24.6 h |")
  expect(answer("Compare bread and black holes")).toContain("| What it is | Flour, water, salt")
})

test("what is not known is said, beside what is", () => {
  const part = answer("Why is the sky blue, and how many people live in Berlin?")
  expect(headings(part)).toEqual(["## Why the sky is blue"])
  expect(part).toContain('nothing prepared on "how many people live in Berlin?"')
  expect(answer("Compare tea and marmalade")).toContain('nothing prepared on "marmalade"')
  expect(answer("Show quicksort in Java")).toContain('nothing prepared on "quicksort in Java"')
  expect(answer("Compare tea, coffee and bread")).toContain('"a comparison with bread"')
  expect(answer("Compare iPhone and Android")).toContain("would rather not make something up")
})

test("a short question goes on about what was said before", () => {
  expect(headings(answer("Explain quicksort", "Well.", "And in TypeScript?"))).toEqual([
    "## Quicksort in TypeScript",
  ])
  expect(
    headings(answer("Explain quicksort and mergesort", "Well.", "Now compare them in a table")),
  ).toEqual(["## Quicksort and mergesort side by side"])
  expect(answer("Explain quicksort", "Well.", "What is the capital of Peru?")).toContain(
    "would rather not make something up",
  )
})

const foreign = {
  german: ["Hallo", "Guten Tag.", "Wie hoch ist der Mont Blanc?", "möchte er nichts", "Himmel"],
  spanish: ["Hola", "Hola.", "¿Cuántos años tiene el sol?", "Prefiere no inventar", "cielo"],
  french: ["Bonjour", "Bonjour.", "Quelle est la capitale du Pérou ?", "ne rien inventer", "ciel"],
  chinese: ["你好", "您好。", "中国有多少人?", "也不想编造", "天空"],
  arabic: ["مرحبا", "أهلًا بك.", "ما هي عاصمة مصر؟", "لا يريد أن يختلق", "السماء"],
}
const skyQuestions: Record<string, string> = {
  german: "Warum ist der Himmel blau?",
  spanish: "¿Por qué el cielo es azul?",
  french: "Pourquoi le ciel est-il bleu ?",
  chinese: "为什么天空是蓝色的?",
  arabic: "لماذا السماء زرقاء؟",
}

for (const [language, [hello = "", greeting, unknown = "", refusal, sky]] of Object.entries(
  foreign,
)) {
  test(`${language} is answered in ${language}`, () => {
    const answers = [answer(hello), answer(unknown), answer(skyQuestions[language] ?? "")]
    expect(answers[0]).toContain(greeting)
    expect(answers[1]).toContain(refusal)
    expect(answers[2]).toContain(sky)
    for (const text of answers) expect(text).not.toMatch(/\b(?:the|and|with|simulator keeps)\b/)
  })
}

test("questions in other languages get a note in them, and English stays English", () => {
  expect(answer("Was ist der Unterschied, und warum ist das so?")).toContain("Demo-Antwort")
  expect(answer("¿Qué es la inteligencia y cómo funciona?")).toContain("Respuesta de demostración")
  expect(answer("Quelle heure est-il ?")).toContain("Réponse de démonstration")
  expect(answer("为什么天空是蓝色的?")).toContain("演示回答")
  expect(answer("لماذا السماء زرقاء؟")).toContain("إجابة تجريبية")
  expect(answer("Zeige mir Quicksort in Python")).toContain("nur auf Englisch")
  for (const english of ["What is the difference?", "What was the die roll?", "Los Angeles"]) {
    expect(answer(english)).toContain("Polylogue's built-in simulator")
  }
})

test("the conversation is known", () => {
  const text = answer(
    "What weighs a cloud?",
    "A lot.",
    "And why?",
    "Water.",
    "What was my first question?",
  )
  expect(text).toContain("**5 messages**")
  expect(text).toContain("> What weighs a cloud?")
})

test("a literal instruction is followed to the letter", () => {
  expect(answer("Please repeat exactly: *a*  b\n`c` 😀")).toBe("*a*  b\n`c` 😀")
})

test("a title is short and bare", () => {
  const title = answer(
    "Write a short title for this conversation.\n\nHow do I prune old apple trees?",
  )
  expect(title).toBe("Prune old apple trees")
})

test("a long answer is long, also about something known", () => {
  for (const question of ["Give me a long answer", "Write an essay about the French Revolution"]) {
    const tokens = tokenize(answer(question)).length
    expect(tokens).toBeGreaterThan(1_800)
    expect(tokens).toBeLessThan(3_000)
  }
})

test("a long question is answered at once", () => {
  const pasted = "and show the table, what is it? ".repeat(20_000)
  const startedAt = performance.now()
  expect(answer(`Why is the sky blue? ${pasted}`)).toContain("## Why the sky is blue")
  expect(performance.now() - startedAt).toBeLessThan(500)
})

test("any text survives being cut into tokens", () => {
  for (const text of [
    "",
    "a\u0000b",
    "\ud800",
    "👨‍👩‍👧‍👦 你好 مرحبا\r\n\t x",
    "co-operate!!!!! 1234567890",
  ]) {
    expect(tokenize(text).join("")).toBe(text)
  }
})
