import { pick } from "../random"
import { excerpt, keywords, type Question } from "./question"

const weekOf = (subject: string) => `## A week on ${subject}

The simulator knows nothing about your ${subject}, but a fair amount about plans. The ones that survive have a shape like this:

1. **Monday: say what done looks like.** One sentence, with something in it that can be counted. "Better" is not done; "twenty minutes, three times" is.
2. **Tuesday: find the part that frightens you.** It is usually the third item on the list, behind two comfortable ones. Move it to the top.
3. **Wednesday: do a tenth of it, badly, to the end.** A crude whole teaches more than a polished start.
4. **Thursday: show it to somebody.** Ask what they would cut, not what they like.
5. **Friday: cut it.** Then write down what you now know that you did not on Monday.

### Before you start

- [x] Write the question down (you just did)
- [ ] Put the frightening part first
- [ ] Name the day on which you stop

> A plan is not a promise about the future. It is a list of what would surprise you.`

const halvesOf = (
  subject: string,
) => `## ${subject.charAt(0).toUpperCase()}${subject.slice(1)}, in five moves

1. **Shrink it.** What would you do if you had one hour? Write that down; it is the core, and the rest is decoration until proved otherwise.
2. **Order it by regret.** For each step, ask how bad it would be to find out *late* that it does not work. Worst first.
3. **Give every step an ending.**
   - one that you can see from outside,
   - one that fits in a day,
   - one that somebody else could check.
4. **Leave a gap.** One day in five without a name on it. Something will claim it.
5. **Decide now when to stop.** Both when it works and when it does not.

The simulator cannot fill in the steps for "${subject}". It can tell you which one to be suspicious of: the one that begins with *just*.`

/** A list that can be used for whatever the question is about. */
export function planAnswer(question: Question): string {
  const words = keywords(question.text.replace(/\b(plan|list|steps?|ideas|checklist)\b/gi, ""), 3)
  const subject = excerpt(words.join(" ").toLowerCase() || "the project", 50)
  return pick(question.seed, [weekOf, halvesOf])(subject)
}
