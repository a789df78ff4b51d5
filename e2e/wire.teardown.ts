import { expect, test } from "./fixtures"

test("of all requests of all tests only the deliberately wrong one was against the vendor's schema", async ({
  simulator,
}) => {
  const judged = (await simulator.requests("")).filter(({ valid }) => valid !== undefined)
  const wrong = judged.filter(({ valid }) => !valid)
  const unexpected = wrong.filter(
    ({ body }) => !body?.messages?.at(-1)?.content.endsWith("wrongly"),
  )
  expect(judged.length).toBeGreaterThan(0)
  expect(unexpected.map(({ body, validationErrors }) => ({ body, validationErrors }))).toEqual([])
})
