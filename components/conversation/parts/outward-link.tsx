import type { ReactNode } from "react"
import { safeLink } from "../../markdown/links"

/** A link out of here to an address that a stranger gave; only its words where it must not be followed. */
export function OutwardLink({
  href,
  className = "",
  children,
}: {
  href: string
  className?: string
  children: ReactNode
}) {
  const target = safeLink(href)
  if (!target) return <span className={className}>{children}</span>
  return (
    <a
      href={target.href}
      title={target.host}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className={className}
    >
      {children}
    </a>
  )
}
