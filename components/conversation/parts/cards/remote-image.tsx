import { useState } from "react"
import { safeImage } from "../../../markdown/links"

/**
 * A picture of another site. Only to be drawn once somebody asked for it: asking the site for it tells
 * the site. The content policy lets pictures come over https from anywhere.
 */
export function RemoteImage({
  href,
  alt,
  className = "",
}: {
  href: string
  alt: string
  className?: string
}) {
  const [hasFailed, setFailed] = useState(false)
  const source = safeImage(href)
  if (!source || hasFailed) {
    return (
      <span
        className={`flex items-center justify-center bg-sunken p-2 text-center text-ink-3 text-sm ${className}`}
      >
        Could not be loaded
      </span>
    )
  }
  return (
    // biome-ignore lint/performance/noImgElement: an image of somebody else's, not one of our files
    <img
      src={source.href}
      alt={alt}
      referrerPolicy="no-referrer"
      onError={() => setFailed(true)}
      className={`bg-sunken ${className}`}
    />
  )
}
