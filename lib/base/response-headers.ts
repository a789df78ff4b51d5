type Header = { key: string; value: string }

/** What every response says. The content security policy of pages is made for each in proxy.ts. */
export const allHeaders: readonly Header[] = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(self)" },
]

/** What everything under /api says besides: whatever a file turns out to be, it runs nothing here. */
export const closed: Header = {
  key: "Content-Security-Policy",
  value: "default-src 'none'; frame-ancestors 'none'; sandbox",
}

export const apiHeaders: readonly [string, string][] = [...allHeaders, closed].map(
  ({ key, value }) => [key, value],
)
