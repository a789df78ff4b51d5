"use client"

import { useState } from "react"
import { safeImage } from "../../../markdown/links"
import { OutwardLink } from "../outward-link"
import { siteOf } from "../site"
import { RemoteImage } from "./remote-image"

export type Shown = {
  title: string
  /** Where a click leads. */
  href: string
  imageUrl: string | undefined
}

/** Things with pictures from other sites: names and sites at first, the pictures when they are asked for. */
export function Gallery({
  label,
  items,
  showWords,
}: {
  label: string
  items: readonly Shown[]
  /** What the button says. */
  showWords: string
}) {
  const [isShown, setShown] = useState(false)
  // A button that could show nothing would only tempt.
  const hasImages = items.some(({ imageUrl }) => imageUrl !== undefined && safeImage(imageUrl))
  return (
    <section aria-label={label}>
      <p aria-hidden className="text-ink-3 text-sm">
        {label}
      </p>
      <ul
        className={
          isShown
            ? "grid grid-cols-2 gap-x-3 gap-y-4 sm:grid-cols-3"
            : "flex flex-wrap gap-x-4 gap-y-0.5"
        }
      >
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was found never changes
          <li key={index} className="min-w-0 max-w-full">
            <Item item={item} isShown={isShown} />
          </li>
        ))}
      </ul>
      {hasImages && !isShown && (
        <button
          type="button"
          onClick={() => setShown(true)}
          className="mt-1 min-h-8 rounded-md font-medium text-accent text-sm coarse:min-h-11"
        >
          {showWords}
        </button>
      )}
    </section>
  )
}

function Item({ item: { title, href, imageUrl }, isShown }: { item: Shown; isShown: boolean }) {
  const site = siteOf(href)
  return (
    <OutwardLink
      href={href}
      className={`group/item flex text-sm ${isShown ? "flex-col gap-1" : "min-h-7 max-w-full items-center gap-1.5 coarse:min-h-11"}`}
    >
      {isShown && imageUrl !== undefined && (
        <RemoteImage
          href={imageUrl}
          alt={title}
          className="aspect-4/3 w-full rounded-md object-cover"
        />
      )}
      <bdi
        className={`max-w-64 truncate text-ink-2 transition-colors group-hover/item:text-ink ${isShown ? "block" : ""}`}
      >
        {title}
      </bdi>
      {site !== title && <bdi className="max-w-40 shrink-0 truncate text-ink-3">{site}</bdi>}
    </OutwardLink>
  )
}
