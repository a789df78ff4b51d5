import type { NextConfig } from "next"
import { allHeaders, closed } from "./lib/base/response-headers"

const config: NextConfig = {
  output: "standalone",
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // No optimizer: it fetches what an address names, and files are for who is signed in.
  images: { unoptimized: true },
  // `npm test` checks types, the tests' own included; a build has nothing to add to that.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@node-rs/argon2", "pg"],
  outputFileTracingIncludes: {
    "/*": [
      // Read at the start of every process, so that the image brings its own database up to date.
      "./prisma/functions/*",
      "./prisma/migrations/**/*",
      // A program of its own that the server starts (lib/files/extract/extract.ts), and what it imports.
      "./lib/files/extract/*.mjs",
      "./node_modules/{unpdf,htmlparser2,entities,dom*}/**/*.{js,mjs,json}",
    ],
  },
  outputFileTracingExcludes: {
    "/*": ["./data/**/*", "./e2e/**/*", "./.cache/**/*", "./test-results/**/*"],
  },
  headers: async () => [
    { source: "/:path*", headers: [...allHeaders] },
    { source: "/api/:path*", headers: [closed] },
  ],
  rewrites: async () => [{ source: "/health", destination: "/api/health" }],
}
export default config
