/** What a guard model says of a text: `safe`, or `unsafe` and on the next line the broken rules. */
export type Verdict = { isSafe: boolean; categories: string[] }

/** Reads a verdict. What is neither yes nor no counts as unsafe: a guard that fails must not open. */
export function readVerdict(answer: string): Verdict {
  const text = answer.trim().toLowerCase()
  if (/^safe\b/.test(text) && !text.includes("unsafe")) return { isSafe: true, categories: [] }
  const rest = answer.replace(/^\s*unsafe\s*/i, "")
  return {
    isSafe: false,
    categories: rest.split(/[\s,]+/).filter((word) => /^[A-Za-z]?\d+$/.test(word)),
  }
}
