"use client"

import { useState } from "react"
import type { Card } from "@/lib/message/cards"
import { safeImage } from "../../../markdown/links"
import { OutwardLink } from "../outward-link"
import { siteOf } from "../site"
import { RemoteImage } from "./remote-image"

/** Where something is. */
export function MapCard({ card }: { card: Extract<Card, { kind: "map" }> }) {
  const [isShown, setShown] = useState(false)
  const { url, imageUrl, latitude, longitude } = card
  const hasPlace = latitude !== undefined && longitude !== undefined
  return (
    <section aria-label="Map" className="text-sm">
      {isShown && imageUrl !== undefined && (
        <RemoteImage
          href={imageUrl}
          alt={hasPlace ? `Map of ${place(latitude, longitude)}` : "Map"}
          className="mb-1 aspect-video w-full max-w-lg rounded-md object-cover"
        />
      )}
      <p className="flex flex-wrap items-center gap-x-4">
        <OutwardLink
          href={url}
          className="flex min-h-8 items-center gap-1.5 font-medium text-accent coarse:min-h-11"
        >
          Open map <span className="font-normal text-ink-3">{siteOf(url)}</span>
        </OutwardLink>
        {imageUrl !== undefined && safeImage(imageUrl) && !isShown && (
          <button
            type="button"
            onClick={() => setShown(true)}
            className="min-h-8 rounded-md font-medium text-accent coarse:min-h-11"
          >
            Show map here
          </button>
        )}
        {hasPlace && <span className="text-ink-3 tabular-nums">{place(latitude, longitude)}</span>}
      </p>
    </section>
  )
}

function place(latitude: number, longitude: number): string {
  const degrees = (value: number, [plus, minus]: readonly [string, string]) =>
    `${Math.abs(value).toFixed(4)}° ${value < 0 ? minus : plus}`
  return `${degrees(latitude, ["N", "S"])}, ${degrees(longitude, ["E", "W"])}`
}
