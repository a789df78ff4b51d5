import { type ChatRequest, textOf } from "./chat-request"
import { type Answer, tokensOf } from "./compose"
import { estimateTokens } from "./tokens"

/** What a question and its answers measure in tokens; thoughts are part of the output. */
export function tokensUsed(request: ChatRequest, ...answers: Answer[]) {
  const written = request.messages.map((message) => textOf(message.content))
  if (request.system) written.push(textOf(request.system))
  const input = written.reduce((sum, text) => sum + estimateTokens(text) + 4, 0)
  const reasoning = answers.reduce((sum, answer) => sum + tokensOf(answer.thoughts), 0)
  const rest = answers.reduce((sum, { said, toolCall }) => {
    const callTokens = toolCall ? estimateTokens(toolCall.function.arguments) + 4 : 0
    return sum + tokensOf(said) + callTokens
  }, 0)
  return { input, output: reasoning + rest, reasoning }
}
