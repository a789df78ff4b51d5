"use client"

import Link from "next/link"
import { type FormEvent, type ReactNode, useRef, useState } from "react"
import { AppError } from "@/lib/base/errors"
import { useEarlyForm } from "../ui/before-hydration/use-early-form"
import { Button } from "../ui/button"

/** The frame of the sign-in and sign-up forms: fields, one button, the error, the way to the other. */
export function AccountForm({
  title,
  button,
  submit,
  children,
  other,
}: {
  title: string
  button: string
  /** Does the work; throws AppError. Leaves the page when it worked. */
  submit: (form: FormData) => Promise<void>
  children: ReactNode
  other: { question: string; label: string; href: string } | null
}) {
  const form = useRef<HTMLFormElement>(null)
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  useEarlyForm(form)

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isBusy) return
    setBusy(true)
    setError(null)
    try {
      await submit(new FormData(event.currentTarget))
    } catch (caught) {
      const known = caught instanceof AppError ? caught : new AppError("internal")
      setError(known.message)
      setBusy(false)
    }
  }

  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-8 px-6 py-12">
      <div>
        <p className="font-semibold text-ink-3 text-sm tracking-wide">Polylogue</p>
        <h1 className="mt-1 font-semibold text-2xl tracking-tight">{title}</h1>
      </div>
      <form
        ref={form}
        data-early=""
        method="post"
        onSubmit={onSubmit}
        className="flex flex-col gap-5"
      >
        {children}
        <div role="alert" className="text-bad empty:hidden">
          {error}
        </div>
        <Button type="submit" look="primary" disabled={isBusy} className="h-10">
          {button}
        </Button>
      </form>
      {other && (
        <p className="text-ink-2">
          {other.question}{" "}
          <Link
            href={other.href}
            prefetch={false}
            className="text-accent underline underline-offset-4"
          >
            {other.label}
          </Link>
        </p>
      )}
    </main>
  )
}
