import Link from "next/link"
import { errorMessage } from "@/lib/base/errors"

export default function NotFound() {
  return (
    <main className="flex grow flex-col items-center justify-center gap-3 px-6 py-24 text-center">
      <h1 className="font-semibold text-2xl">Nothing here</h1>
      <p className="text-ink-2">{errorMessage("not_found")}</p>
      <Link href="/" className="text-accent underline-offset-4 hover:underline">
        Start a new chat
      </Link>
    </main>
  )
}
