import { cookies, headers } from "next/headers"
import type { ReactNode } from "react"
import { ConversationsProvider } from "@/components/shell/conversations"
import { Shell } from "@/components/shell/shell"
import { listConversations } from "@/lib/db/conversations"
import { requireUser } from "@/lib/people/session"
import { env } from "@/lib/server/env"

/**
 * Layout of all pages behind sign-in. The pages check the user themselves too, because a layout is not rendered
 * again on navigation.
 */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const user = await requireUser((await headers()).get("x-path") ?? "/")
  const theme = (await cookies()).get("theme")?.value
  return (
    <ConversationsProvider userId={user.id} initial={await listConversations(user)}>
      <Shell
        user={{ name: user.name, email: user.email }}
        theme={theme === "light" || theme === "dark" ? theme : "system"}
        now={new Date().toISOString()}
        isDemo={env().isDemo}
      >
        {children}
      </Shell>
    </ConversationsProvider>
  )
}
