import "server-only"

type Fields = Record<string, string | number | boolean | null | undefined>

const secretField = /key|secret|token|password|cookie|authorization/i
const maxChars = 500

/** Writes one line of JSON. Redacts secrets by field name, truncates long values, escapes control characters. */
export function log(level: "info" | "warn" | "error", event: string, fields: Fields = {}): void {
  const allowed = Object.entries(fields)
    .filter(([name, value]) => value !== undefined && !secretField.test(name))
    .map(([name, value]) => [name, typeof value === "string" ? redact(value) : value])
  const line = { time: new Date().toISOString(), level, event, ...Object.fromEntries(allowed) }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

// Credentials that a provider or driver may echo in its messages.
const secretText = /\b(sk-|Bearer\s+|[a-z]+:\/\/[^\s:/]+:)[^\s"'@]+/gi

/** Removes anything that looks like a credential. */
export function redact(text: string): string {
  const { AIMLAPI_API_KEY, AUTH_SECRET, S3_SECRET_ACCESS_KEY } = process.env
  const secrets = [AIMLAPI_API_KEY, AUTH_SECRET, S3_SECRET_ACCESS_KEY]
  const longSecrets = secrets.filter((word) => word !== undefined && word.length > 7)
  const open = longSecrets.reduce(
    (rest: string, word = "") => rest.replaceAll(word, "[redacted]"),
    text,
  )
  return open.replace(secretText, "$1[redacted]").slice(0, maxChars)
}

/** An error's name and message for the log, never the object, which may contain a whole prompt. */
export function errorFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: String(error) }
  const cause = typeof error.cause === "string" ? error.cause : undefined
  return {
    error: `${error.name}: ${error.message}`,
    cause,
    stack: error.stack?.split("\n")[1]?.trim(),
  }
}
