import { route } from "@/lib/server/route"
import { aiml } from "@/lib/server/wiring"

/** The catalogue as the model picker uses it. */
export const GET = route({}, async () => ({ models: await aiml().catalogue.models() }))
