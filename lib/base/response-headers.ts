type Header = { key: string; value: string }

/** Headers of every response. Pages also get a per-request content security policy in proxy.ts. */
export const allHeaders: readonly Header[] = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(self)" },
]

/** Additional header of everything under /api: no response may run scripts, whatever a file contains. */
export const closed: Header = {
  key: "Content-Security-Policy",
  value: "default-src 'none'; frame-ancestors 'none'; sandbox",
}

export const apiHeaders: readonly [string, string][] = [...allHeaders, closed].map(
  ({ key, value }) => [key, value],
)
