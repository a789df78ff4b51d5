import { pick } from "../random"
import { excerpt, keywords, type Question } from "./question"

const journey = ({ text, modelName }: Question) => `## What just happened to your question

You wrote "${excerpt(text)}", and the words made a longer journey than it seems.

1. **The app** put your message behind the earlier ones and sent the lot as JSON.
2. **The gateway** checked the key and the shape of the request, and chose the model by its name.
3. **The model** would now say, again and again, which token is likely to come next.
4. **The stream** brings each piece the moment it exists, which is why these lines grow.

You can look at the same stream without any app around it:

\`\`\`bash
curl -N https://api.aimlapi.com/v1/chat/completions \\
  -H "Authorization: Bearer $AIMLAPI_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "gpt-4o", "stream": true,
       "messages": [{"role": "user", "content": "Hello"}]}'
\`\`\`

Step 3 is the one that is missing here. All the others are real: ${modelName} was looked up in a catalogue, your request was checked against its published schema, and what you read arrives in the very chunks its family of models would send.`

const apart = ({ text }: Question) => {
  const words = keywords(text, 4)
  const rows = words
    .map(
      (word) => `| **${word}** | What would have to be different for this word not to be here? |`,
    )
    .join("\n")
  return `## Taking the question apart

> ${excerpt(text, 240)}

Before an answer is any good, somebody has to find out what was asked. The words that carry yours:

| Word | The question behind it |
| :-- | :-- |
${rows || "| *(none stood out)* | A short question leaves the most open. |"}

Three habits help with nearly any question:

- **Ask for the example.** One real case says more than a definition, and it is easier to be wrong about.
- **Turn it round.** Explain the opposite. If it sounds just as convincing, you have found an opinion.
- **Put a number on it.** Even a bad estimate shows which part matters:

\`\`\`python
# How many piano tuners work in a city of a million people?
people, per_household, share_with_piano = 1_000_000, 2, 1 / 20
pianos = people / per_household * share_with_piano     # 25,000
tunings_a_year = pianos * 1                            # once a year each
per_tuner = 4 * 5 * 50                                 # four a day
print(round(tunings_a_year / per_tuner))               # 25
\`\`\`

The estimate is Enrico Fermi's trick: errors in the single guesses tend to cancel, so the product is better than any of its parts.`
}

const experiment = ({
  text,
  modelName,
}: Question) => `## A small experiment, while the real model is away

Your question, "${excerpt(text)}", deserves ${modelName}. Until a key is set, you can find out what this workspace does with an answer:

- ask for a **table**, and see one drawn line by line;
- ask for **code** in Python, TypeScript, Go, Rust, SQL or Bash;
- ask for **math**, such as $e^{i\\pi} + 1 = 0$, or for what $17 \\times 23$ is;
- ask *what was my first question?*, and see that the conversation is sent along;
- press **stop** halfway, edit your message, and follow both branches.

The last one has a shape that programmers will recognise:

\`\`\`typescript
interface Message {
  id: string
  parentId: string | null
  text: string
}

/** A branch is nothing but the way from a leaf up to the root. */
function branch(messages: Map<string, Message>, leafId: string): Message[] {
  const path: Message[] = []
  let current = messages.get(leafId)
  while (current) {
    path.unshift(current)
    current = current.parentId ? messages.get(current.parentId) : undefined
  }
  return path
}
\`\`\`

An edit never overwrites anything. It adds a sibling, and the old branch is still there.`

/** The answer to a question of no particular kind. */
export function everydayAnswer(question: Question): string {
  return pick(question.seed, [journey, apart, experiment])(question)
}
