import { publicRoute } from "@/lib/server/route"
import packageJson from "@/package.json"

/** The process lives. Asks nothing of the database. */
export const GET = publicRoute({}, async () => ({ status: "ok", version: packageJson.version }))
