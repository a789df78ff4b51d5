/** Dictated words as they go between what stands before and behind: apart from other words, not from marks. */
export function insertion(before: string, words: string, behind: string): string {
  const start = joins(before.at(-1), words.at(0)) ? " " : ""
  const end = joins(words.at(-1), behind.at(0)) ? " " : ""
  return start + words + end
}

function joins(left = " ", right = " "): boolean {
  // Scripts that write without spaces.
  const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u
  return /[^\s([{“‘"'«]/u.test(left) && /[\p{L}\p{N}([{“‘«]/u.test(right) && !unspaced.test(left)
}
