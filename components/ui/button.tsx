import type { ComponentProps } from "react"

const looks = {
  primary: "bg-accent text-on-accent hover:opacity-90 px-4",
  plain: "border border-line bg-raised text-ink hover:bg-hover px-4",
  danger: "bg-bad text-on-accent hover:opacity-90 px-4",
}

/** A button with words. At most one `primary` on a screen. */
export function Button({
  look = "plain",
  className = "",
  type = "button",
  ...rest
}: ComponentProps<"button"> & { look?: keyof typeof looks }) {
  return (
    <button
      type={type}
      className={`inline-flex h-9 items-center justify-center gap-2 rounded-md font-medium transition-[background-color,opacity] disabled:opacity-50 coarse:h-11 ${looks[look]} ${className}`}
      {...rest}
    />
  )
}

/** A button with a glyph only; `label` is its name and its tooltip. */
export function IconButton({
  label,
  className = "",
  type = "button",
  ...rest
}: ComponentProps<"button"> & { label: string }) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={`inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-2 transition-colors hover:bg-hover hover:text-ink disabled:opacity-40 disabled:hover:bg-transparent coarse:size-11 ${className}`}
      {...rest}
    />
  )
}
