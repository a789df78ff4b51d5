import "server-only"
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { z } from "zod"
import { processWide } from "../process-wide"

const exampleSecrets = ["change-me", "changeme", "secret", "replace-me"]

// An empty variable, as compose files and forms produce, is an unset one.
const optional = z
  .string()
  .optional()
  .transform((value) => (value === "" ? undefined : value))

const webAddress = z.url({ protocol: /^https?$/, error: "must be an http or https address" })

const envSchema = z.object({
  DATABASE_URL: z
    .string("is missing: the address of a PostgreSQL database")
    .regex(/^postgres(ql)?:\/\//, {
      error: "must start with postgresql://",
    }),
  AUTH_SECRET: z
    .string("is missing: at least 32 random characters, such as from `openssl rand -base64 32`")
    .min(32, "is too short: at least 32 random characters, such as from `openssl rand -base64 32`")
    .refine((value) => !exampleSecrets.some((example) => value.toLowerCase().startsWith(example)), {
      error: "is the one of an example: make one with `openssl rand -base64 32`",
    }),
  AUTH_URL: optional.pipe(webAddress.optional()),
  AIMLAPI_API_KEY: optional,
  AIMLAPI_BASE_URL: optional.pipe(webAddress.optional()),
  SIGN_UP: optional
    .transform((value) => value ?? "open")
    .pipe(z.enum(["open", "invite", "closed"])),
  TRUSTED_PROXIES: optional.transform((value) => Number(value ?? 0)).pipe(z.int().min(0).max(10)),
  DEFAULT_MODEL: optional,
  SEARCH_MODEL: optional,
  TRANSCRIPTION_MODEL: optional,
  SPEECH_MODEL: optional,
  SIMULATOR_URL: optional.pipe(webAddress.optional()),
  VERCEL: optional,
})
export type Env = Omit<z.infer<typeof envSchema>, "AIMLAPI_BASE_URL"> & {
  AIMLAPI_BASE_URL: string
  /** The simulator answers: nobody said which upstream to ask. */
  isDemo: boolean
  /** The models are the vendor's own: its address, or the simulator that stands in for it. */
  isVendor: boolean
  /** Where files are kept. */
  dataDir: string
}

/** The environment, read once. Throws one line that names what is wrong, never a value. */
export function env(): Env {
  known ??= processWide("env", () => parseEnv(process.env))
  return known
}

let known: Env | undefined

/** Parses an environment; see `.env.example` for every variable. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const result = envSchema.safeParse({
    ...source,
    AUTH_SECRET: readVariable(source, "AUTH_SECRET"),
    DATABASE_URL: readVariable(source, "DATABASE_URL"),
  })
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`)
    throw new Error(`Cannot start: ${lines.join("; ")}.`)
  }
  const { AIMLAPI_API_KEY, AIMLAPI_BASE_URL, SIMULATOR_URL } = result.data
  const isDemo = Boolean(SIMULATOR_URL && !AIMLAPI_API_KEY && !AIMLAPI_BASE_URL)
  const upstream = isDemo ? SIMULATOR_URL : AIMLAPI_BASE_URL
  const vendor = "https://api.aimlapi.com"
  return {
    ...result.data,
    isDemo,
    isVendor: isDemo || new URL(upstream ?? vendor).origin === vendor,
    AIMLAPI_BASE_URL: upstream ?? vendor,
    // Not for the build to look into: it would pack the whole project.
    dataDir: resolve(/* turbopackIgnore: true */ source.DATA_DIR || "data"),
  }
}

/** A variable itself, or from the file that NAME_FILE names, as container platforms hand secrets over. */
function readVariable(source: Record<string, string | undefined>, name: string) {
  const file = source[`${name}_FILE`]
  if (source[name] || !file) return source[name] || undefined
  try {
    return readFileSync(file, "utf8").trim()
  } catch {
    throw new Error(`Cannot start: the file that ${name}_FILE names cannot be read.`)
  }
}
