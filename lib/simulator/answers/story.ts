import { pick } from "../random"
import { keywords, type Question } from "./question"

const understudy = (word: string) => `## The understudy

Every evening at seven the understudy put on the costume, learned nothing new, and waited. She knew all the parts. On the page in front of her stood tonight's word, and it was *${word}*.

"You won't go on," said the lamp man, who said so every evening.

"Somebody has to stand where the light falls," she said, "or nobody can point it."

So she stood on the cross of white tape while they moved the beam a hand to the left, and a hand back. She said the great speech under her breath, all of it, to the empty seats, and stopped where the applause would have been. Up in the gallery a child who should have been in bed clapped once.

At half past seven the star came in with rain on her coat. The understudy stepped off the tape. The cross stayed exactly where it was, and the light, when it came, found the right face at once.

*Simulators love this story. They have no idea why.*`

const lighthouse = (word: string) => `## Letters to the lighthouse

The lighthouse keeper received one letter a month, and he answered each on the same evening, because the boat left at dawn.

The first asked how he bore being alone. *I am not alone,* he wrote, *I am between ships.* The second asked what he thought about all night. He thought for a while and wrote: *${word}. But slowly.* The third only asked whether the lamp ever went out.

He carried that one up the stairs, two hundred and eleven steps, and read it again by the light in question. Then he wrote the shortest answer of his life, *Look up*, and had no way of knowing that, eleven miles out, the woman who had sent it was already doing so.`

const poemOf = (word: string) => `## Between two tokens

A question leaves the hand that wrote,
it crosses wire and weather,
and someone counts it, note by note,
and holds the notes together.

You asked for *${word}*. Very well:
no voice here claims to know it.
A bell that only says it's a bell
is still, a bit, a poet.

And when the real one takes the stage
and every word means double,
remember who first filled the page
and gave you so little trouble.`

/** A short story or a poem around a word of the question. */
export function storyAnswer(question: Question): string {
  const word =
    keywords(question.text.replace(/\b(story|poem|tell|short|haiku|rhyme)\b/gi, ""), 1)[0] ?? "rain"
  if (/haiku/i.test(question.text)) {
    return "Old silent cursor —\na question jumps into it.\nThe sound of one key."
  }
  if (/poem|rhyme|verse|song/i.test(question.text)) return poemOf(word)
  return pick(question.seed, [understudy, lighthouse])(word)
}
