import type { KeyboardEvent } from "react"

const seekSeconds = 5

/** What keys do on a figure with a player in it: browsers differ in it, or have none. */
export function playByKey(event: KeyboardEvent, player: HTMLMediaElement | null): void {
  const isFigure = event.target === event.currentTarget
  // Within the player, the browser's own buttons and sliders have some of these keys.
  const isPlayer = event.target === player
  if (!player || event.altKey || event.ctrlKey || event.metaKey) return
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (isFigure && key === " ") toggle(player)
  else if (isFigure && key === "ArrowLeft") seek(player, -seekSeconds)
  else if (isFigure && key === "ArrowRight") seek(player, seekSeconds)
  else if (!isFigure && !isPlayer) return
  else if (key === "k") toggle(player)
  else if (key === "m") player.muted = !player.muted
  else if (key === "f" && player instanceof HTMLVideoElement) toggleFullscreen(player)
  else return
  event.preventDefault()
}

/** Plays from a place, as when a time is clicked. */
export function playFrom(player: HTMLMediaElement | null, seconds: number): void {
  if (!player) return
  player.currentTime = seconds
  play(player)
}

function toggle(player: HTMLMediaElement): void {
  if (player.paused) play(player)
  else player.pause()
}

function play(player: HTMLMediaElement): void {
  // Refused where a browser wants a click first, or for a file it cannot play: it says so itself.
  player.play().catch(() => undefined)
}

function seek(player: HTMLMediaElement, seconds: number): void {
  const end = Number.isFinite(player.duration) ? player.duration : 0
  player.currentTime = Math.min(end, Math.max(0, player.currentTime + seconds))
}

function toggleFullscreen(video: HTMLVideoElement): void {
  const change = document.fullscreenElement ? document.exitFullscreen() : video.requestFullscreen()
  change.catch(() => undefined) // some browsers and frames have none
}
