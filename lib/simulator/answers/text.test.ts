import { expect, test } from "@playwright/test"
import { findModel } from "../catalogue"
import { chatRequestSchema } from "../chat-request"
import { tokenize } from "../tokens"
import { questionFrom } from "./question"
import { answerText } from "./text"

function answer(...texts: string[]): string {
  const messages = texts.map((content, index) => ({
    role: index % 2 === 0 ? "user" : "assistant",
    content,
  }))
  const model = findModel("gpt-4o")
  if (!model) throw new Error("the catalogue lost its model")
  const request = chatRequestSchema.parse({ model: model.id, messages })
  return answerText(questionFrom(request, model))
}

const questions = {
  "Write a function in Python": "```python",
  "Compare tea and coffee": "| of tea | of coffee |",
  "Make a table": "| :-",
  "What is 17 * 23?": "17 \\times 23 = 391",
  "Solve this integral": "$$",
  "Tell me a story about a harbour": "*harbour*",
  "Write a poem about snow": "*snow*",
  "Give me a plan for learning chess": "1. **",
  "Why is the sky blue?": "\\frac{1}{\\lambda^4}",
  "What do you make of marmalade?": "```",
}

for (const [question, part] of Object.entries(questions)) {
  test(`"${question}" is answered in kind`, () => {
    const text = answer(question)
    expect(text).toContain(part)
    expect(text.split("\n")[0]).toMatch(/simulator.*AIMLAPI_API_KEY|AIMLAPI_API_KEY.*/)
    expect(tokenize(text).join("")).toBe(text)
  })
}

test("questions in other languages get a passage in them", () => {
  expect(answer("Was ist der Unterschied, und warum ist das so?")).toContain("Demo-Antwort")
  expect(answer("¿Qué es la inteligencia y cómo funciona?")).toContain("Respuesta de demostración")
  expect(answer("为什么天空是蓝色的?")).toContain("演示回答")
  expect(answer("لماذا السماء زرقاء؟")).toContain("إجابة تجريبية")
  expect(answer("What is the difference?")).toContain("Polylogue's built-in simulator")
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

test("a long answer is long", () => {
  const tokens = tokenize(answer("Give me a long answer")).length
  expect(tokens).toBeGreaterThan(1_800)
  expect(tokens).toBeLessThan(3_000)
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
