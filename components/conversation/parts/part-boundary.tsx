"use client"

import { Component, type ReactNode } from "react"
import type { Part } from "@/lib/message/message"
import { Unreadable } from "./unreadable"

/** A part whose view fails is said to be one that cannot be shown; the rest of the conversation stands. */
export class PartBoundary extends Component<
  { part: Part; children: ReactNode },
  { hasFailed: boolean }
> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children
    return <Unreadable raw={() => JSON.stringify(this.props.part)} />
  }
}
