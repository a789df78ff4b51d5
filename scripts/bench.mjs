import { register } from "tsx/esm/api"

/** Settings of a real installation, which the benchmark must not touch; it brings its own. */
const SETTINGS =
  /^(AIMLAPI_|AUTH_|NEXTAUTH_|POLYLOGUE_|S3_|SIMULATOR_|(CRON_SECRET|DATA_DIR|(DIRECT_)?DATABASE_URL(_FILE)?|(DEFAULT|MODERATION|SEARCH|SPEECH|TRANSCRIPTION)_MODEL|HOST|MAKER_MODELS|PORT|SIGN_UP|TRUSTED_PROXIES|WORKER)$)/

/**
 * Runs the benchmarks of the production server and its pages.
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
