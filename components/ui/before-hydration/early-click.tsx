"use client"

import { useEffect } from "react"

/** Tells the page's first script that the page is alive: it gives back the click that it kept. */
export function EarlyClick() {
  useEffect(() => {
    dispatchEvent(new Event("alive"))
  }, [])
  return null
}
