import type { Metadata, Viewport } from "next"
import { cookies, headers } from "next/headers"
import type { ReactNode } from "react"
import { EarlyClick } from "@/components/ui/before-hydration/early-click"
import { earlyScript } from "@/components/ui/before-hydration/early-script"
import "./globals.css"

export const metadata: Metadata = {
  title: { default: "Polylogue", template: "%s · Polylogue" },
  description: "Talk to every model. Keep everything.",
  robots: { index: false },
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbfaf8" },
    { media: "(prefers-color-scheme: dark)", color: "#161412" },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = (await cookies()).get("theme")?.value
  const nonce = (await headers()).get("x-nonce") ?? undefined
  return (
    <html lang="en" data-theme={theme === "light" || theme === "dark" ? theme : undefined}>
      <body>
        {children}
        <EarlyClick />
        {/* Last, since scripts within a page wait for its styles and all below waits for them. */}
        {/* Browsers hide a nonce from scripts once it is used, so the attribute never matches. */}
        <script
          nonce={nonce}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of our own
          dangerouslySetInnerHTML={{ __html: earlyScript }}
        />
      </body>
    </html>
  )
}
