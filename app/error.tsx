"use client"

import { Button } from "@/components/ui/button"

/** Shown when a page fails to render, usually because the database is briefly unreachable. */
export default function ErrorPage({ retry }: { error: Error; retry: () => void }) {
  return (
    <main className="flex min-h-dvh grow flex-col items-center justify-center gap-3 px-6 text-center">
      <h1 className="font-semibold text-2xl">This page could not be shown</h1>
      <p className="max-w-md text-ink-2">
        Something failed on our side, or the database is away for a moment. What you saved is safe.
      </p>
      <Button look="primary" onClick={retry}>
        Try again
      </Button>
    </main>
  )
}
