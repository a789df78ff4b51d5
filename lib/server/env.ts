import "server-only"
import { z } from "zod"

const exampleSecrets = ["change-me", "changeme", "secret", "replace-me"]

// An empty variable, as compose files and forms produce, is an unset one.
const optional = z
  .string()
  .optional()
  .transform((value) => (value === "" ? undefined : value))

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
  AUTH_URL: optional.pipe(z.url().optional()),
  AIMLAPI_API_KEY: optional,
  AIMLAPI_BASE_URL: optional
    .transform((value) => value ?? "https://api.aimlapi.com")
    .pipe(z.url({ protocol: /^https?$/, error: "must be an http or https address" })),
  SIGN_UP: optional
    .transform((value) => value ?? "open")
    .pipe(z.enum(["open", "invite", "closed"])),
  TRUSTED_PROXIES: optional.transform((value) => Number(value ?? 0)).pipe(z.int().min(0).max(10)),
  DEFAULT_MODEL: optional,
  METRICS_TOKEN: optional,
  POLYLOGUE_DEMO: optional,
  VERCEL: optional,
})
export type Env = z.infer<typeof envSchema> & { isDemo: boolean }

let parsed: Env | undefined

/** The environment, read once. Throws one line that names what is wrong, never a value. */
export function env(): Env {
  parsed ??= parseEnv(process.env)
  return parsed
}

/** Parses an environment; see `.env.example` for every variable. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const result = envSchema.safeParse(source)
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`)
    throw new Error(`Cannot start: ${lines.join("; ")}.`)
  }
  return { ...result.data, isDemo: result.data.POLYLOGUE_DEMO === "1" }
}
