import type { ConversationSummary } from "@/lib/db/conversations"

type Group = { label: string; conversations: ConversationSummary[] }

/** Conversations under the headings Today, Yesterday, Previous 7 days and the months before. */
export function groupByDate(
  conversations: readonly ConversationSummary[],
  now: Date,
  timeZone: string | undefined,
): Group[] {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" })
  const month = new Intl.DateTimeFormat("en", { timeZone, month: "long", year: "numeric" })
  const daysAgo = (date: Date) =>
    Math.round((Date.parse(day.format(now)) - Date.parse(day.format(date))) / 86_400_000)
  const groups: Group[] = []
  for (const conversation of conversations) {
    const date = new Date(conversation.updatedAt)
    const days = daysAgo(date)
    const label =
      days <= 0
        ? "Today"
        : days === 1
          ? "Yesterday"
          : days <= 7
            ? "Previous 7 days"
            : month.format(date)
    const last = groups.at(-1)
    if (last?.label === label) last.conversations.push(conversation)
    else groups.push({ label, conversations: [conversation] })
  }
  return groups
}
