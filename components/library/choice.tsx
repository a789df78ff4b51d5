/** One of a few, null being all of them. */
export function Choice<T extends string>({
  label,
  value,
  options,
  onChoose,
}: {
  label: string
  value: T | null
  options: readonly (readonly [value: T | null, label: string])[]
  onChoose: (value: T | null) => void
}) {
  return (
    <select
      aria-label={label}
      value={value ?? ""}
      onChange={({ currentTarget }) => {
        onChoose(options.find(([each]) => (each ?? "") === currentTarget.value)?.[0] ?? null)
      }}
      className={`h-8 min-w-0 max-w-48 rounded-md max-sm:flex-1 border border-line bg-raised px-2 coarse:h-11 ${value === null ? "text-ink-2" : "text-ink"}`}
    >
      {options.map(([each, words]) => (
        <option key={each ?? ""} value={each ?? ""}>
          {words}
        </option>
      ))}
    </select>
  )
}
