import { decodeEntities } from "./entities"

type SafeLink = { href: string; host: string }

type SafeImage = { kind: "remote"; href: string; host: string } | { kind: "embedded"; href: string }

const maxEmbeddedBytes = 200_000
const embedded = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z\d+/]+={0,2}$/i

/**
 * The address of a link when it may be followed, else null. The URL parser strips whitespace and
 * control characters exactly as the browser would, and what it understood is what we link to, so
 * no spelling can mean one thing here and another there. Relative addresses have no base: null.
 */
export function safeLink(written: string): SafeLink | null {
  const url = parse(written)
  if (url?.protocol === "mailto:") return { href: url.href, host: url.pathname }
  return url && isWeb(url) ? { href: url.href, host: url.host } : null
}

/** The address of an image when it may be shown: on the web by https (after a click) or small and embedded. */
export function safeImage(written: string): SafeImage | null {
  const trimmed = written.trim()
  if (embedded.test(trimmed)) {
    const sizeBytes = (trimmed.length - trimmed.indexOf(",") - 1) * 0.75
    return sizeBytes <= maxEmbeddedBytes ? { kind: "embedded", href: trimmed } : null
  }
  const url = parse(written)
  return url?.protocol === "https:" ? { kind: "remote", href: url.href, host: url.host } : null
}

function parse(written: string): URL | null {
  return URL.parse(decodeEntities(written))
}

function isWeb(url: URL): boolean {
  return url.protocol === "https:" || url.protocol === "http:"
}
