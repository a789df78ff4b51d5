import type { ReactNode } from "react"

/** Labels and values in two columns. */
export function Facts({ facts }: { facts: readonly { label: string; value: ReactNode }[] }) {
  if (facts.length === 0) return null
  return (
    <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-sm">
      {facts.map(({ label, value }) => (
        <div key={label} className="contents">
          <dt className="text-ink-3">
            <bdi>{label}</bdi>
          </dt>
          <dd dir="auto" className="wrap-anywhere text-ink-2">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  )
}
