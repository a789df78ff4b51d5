import type { Metadata } from "next"
import { KindList } from "@/components/studio/kind-list"
import { requireUser } from "@/lib/people/session"

export const metadata: Metadata = { title: "Studio" }

/** The list of media forms, for use without a conversation. */
export default async function StudioPage() {
  await requireUser("/studio")
  return (
    <main className="min-h-0 grow overflow-y-auto">
      <div className="mx-auto w-full max-w-column px-4 pt-16 pb-16 max-md:pt-4">
        <h1 className="font-semibold text-2xl">Studio</h1>
        <p className="mt-1 mb-6 text-ink-2">
          Make something without a conversation. What you make is kept here.
        </p>
        <KindList />
      </div>
    </main>
  )
}
