import { publicRoute } from "@/lib/server/route"
import packageJson from "@/package.json"

/** Liveness: does not touch the database. */
export const GET = publicRoute({}, async () => ({ status: "ok", version: packageJson.version }))
