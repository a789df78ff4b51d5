import { register } from "tsx/esm/api"

/** Settings of an installation: the benchmark brings its own and must not touch the real thing. */
const SETTINGS =
  /^(AIMLAPI_|AUTH_|NEXTAUTH_|POLYLOGUE_|SIMULATOR_|(DATA_DIR|DATABASE_URL(_FILE)?|DEFAULT_MODEL|HOST|PORT|SEARCH_MODEL|SIGN_UP|SPEECH_MODEL|TRANSCRIPTION_MODEL|TRUSTED_PROXIES)$)/

/**
 * Measures the production server and its pages.
 * @param {string[]} args parts and options; see bench/options.ts
 * @returns {Promise<number>} the exit code
 */
export async function measure(args) {
  for (const name of Object.keys(process.env)) {
    if (SETTINGS.test(name)) delete process.env[name]
  }
  register()
  const { bench } = await import("../bench/main.ts")
  return bench(args)
}
