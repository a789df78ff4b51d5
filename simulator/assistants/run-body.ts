import { incompleteReason, isActive, lifetimeMs, type Run, stageOf } from "./run"
import { seconds } from "./store"

function requiredAction(run: Run): object | null {
  const { toolCall } = stageOf(run).answer
  if (run.status !== "requires_action" || !toolCall) return null
  return { type: "submit_tool_outputs", submit_tool_outputs: { tool_calls: [toolCall] } }
}

function usageOf({ bill }: Run): object | null {
  if (!bill) return null
  const { input, output } = bill.used
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output }
}

/** A run as it is shown; what it cost stands beside it when it is over. */
export function runBody(run: Run): { id: string } & Record<string, unknown> {
  const { status, settings, endedAt, startedAt, plan, bill } = run
  const endedAs = (...wanted: string[]) =>
    endedAt !== undefined && wanted.includes(status) ? seconds(endedAt) : null
  const reason = incompleteReason(run)
  const { error } = plan.job
  return {
    id: run.id,
    object: "thread.run",
    created_at: seconds(run.createdAt),
    assistant_id: run.assistant.id,
    thread_id: run.thread.id,
    status,
    started_at: startedAt === undefined ? null : seconds(startedAt),
    expires_at: isActive(run) ? seconds(run.createdAt + lifetimeMs) : null,
    cancelled_at: endedAs("cancelled"),
    failed_at: endedAs("failed"),
    completed_at: endedAs("completed"),
    required_action: requiredAction(run),
    last_error:
      status === "failed" ? { code: "server_error", message: error?.message ?? "" } : null,
    model: settings.model ?? run.assistant.model,
    instructions: run.instructions,
    tools: run.tools,
    tool_resources: {},
    metadata: settings.metadata ?? {},
    temperature: settings.temperature ?? run.assistant.temperature,
    top_p: settings.top_p ?? run.assistant.top_p,
    reasoning_effort: settings.reasoning_effort ?? run.assistant.reasoning_effort,
    max_completion_tokens: settings.max_completion_tokens ?? null,
    max_prompt_tokens: settings.max_prompt_tokens ?? null,
    truncation_strategy: settings.truncation_strategy ?? { type: "auto", last_messages: null },
    incomplete_details: status === "incomplete" && reason ? { reason } : null,
    usage: usageOf(run),
    response_format: settings.response_format ?? run.assistant.response_format,
    tool_choice: settings.tool_choice ?? "auto",
    parallel_tool_calls: settings.parallel_tool_calls ?? true,
    ...(bill && { meta: { usage: bill.cost } }),
  }
}
