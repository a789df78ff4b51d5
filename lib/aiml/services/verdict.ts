/** A guard model's judgement of a text: `safe`, or `unsafe` followed by the violated rules on the next line. */
export type Verdict = { isSafe: boolean; categories: string[] }

/** Parses a judgement. Anything unrecognized counts as unsafe, so that a failing guard model blocks. */
export function readVerdict(answer: string): Verdict {
  const text = answer.trim().toLowerCase()
  if (/^safe\b/.test(text) && !text.includes("unsafe")) return { isSafe: true, categories: [] }
  const rest = answer.replace(/^\s*unsafe\s*/i, "")
  return {
    isSafe: false,
    categories: rest.split(/[\s,]+/).filter((word) => /^[A-Za-z]?\d+$/.test(word)),
  }
}
