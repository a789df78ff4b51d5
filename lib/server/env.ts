import "server-only"
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { z } from "zod"
import { processWide } from "../base/process-wide"
import type { BucketAccess } from "../files/bucket"

const exampleSecrets = ["change-me", "changeme", "secret", "replace-me"]

// An empty variable, as produced by compose files and forms, counts as unset.
const optional = z
  .string()
  .optional()
  .transform((value) => (value === "" ? undefined : value))

const webAddress = z.url({ protocol: /^https?$/, error: "must be an http or https address" })

const postgresAddress = z
  .string("is missing: the address of a PostgreSQL database")
  .regex(/^postgres(ql)?:\/\//, { error: "must start with postgresql://" })

const envSchema = z.object({
  DATABASE_URL: postgresAddress,
  DIRECT_DATABASE_URL: optional.pipe(postgresAddress.optional()),
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
    .pipe(z.enum(["open", "closed"], { error: "is open or closed; invitations do not exist yet" })),
  TRUSTED_PROXIES: optional.transform((value) => Number(value ?? 0)).pipe(z.int().min(0).max(10)),
  DEFAULT_MODEL: optional,
  SEARCH_MODEL: optional,
  TRANSCRIPTION_MODEL: optional,
  SPEECH_MODEL: optional,
  MODERATION_MODEL: optional,
  MAKER_MODELS: optional.transform((value) => value?.split(",").map((id) => id.trim()) ?? []),
  WORKER: optional.transform((value) => value ?? "on").pipe(z.enum(["on", "off"])),
  CRON_SECRET: optional,
  S3_BUCKET: optional.pipe(
    z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$/, { error: "is no bucket's name" })
      .optional(),
  ),
  S3_ENDPOINT: optional.pipe(webAddress.optional()),
  S3_REGION: optional.transform((value) => value ?? "us-east-1"),
  S3_ACCESS_KEY_ID: optional,
  S3_SECRET_ACCESS_KEY: optional,
  S3_PREFIX: optional
    .transform((value) => value ?? "")
    .pipe(
      z.string().regex(/^([A-Za-z0-9][A-Za-z0-9._/-]{0,199})?$/, {
        error: "may have letters, digits and . _ - / and begins with a letter or digit",
      }),
    ),
  SIMULATOR_URL: optional.pipe(webAddress.optional()),
  VERCEL: optional,
})
export type Env = Omit<z.infer<typeof envSchema>, "AIMLAPI_BASE_URL"> & {
  AIMLAPI_BASE_URL: string
  /** The simulator answers because no upstream is configured. */
  isDemo: boolean
  /** The upstream is the vendor's own service, or the simulator in its place. */
  isVendor: boolean
  /** Folder for files, or with a bucket only for incoming ones. */
  dataDir: string
  /** The bucket for files; null to use the data folder. */
  bucket: (BucketAccess & { prefix: string }) | null
}

/** The environment, parsed once. Throws a one-line message naming the invalid variable, never its value. */
export function env(): Env {
  return processWide("env", () => parseEnv(process.env))
}

/** Parses an environment; `.env.example` documents every variable. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const result = envSchema.safeParse({
    ...source,
    AUTH_SECRET: readVariable(source, "AUTH_SECRET"),
    DATABASE_URL: readVariable(source, "DATABASE_URL"),
    DIRECT_DATABASE_URL: readVariable(source, "DIRECT_DATABASE_URL"),
    S3_SECRET_ACCESS_KEY: readVariable(source, "S3_SECRET_ACCESS_KEY"),
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
    // Keeps the bundler from tracing this path, which would include the whole project.
    dataDir: resolve(/* turbopackIgnore: true */ source.DATA_DIR || "data"),
    bucket: bucketOf(source, result.data),
  }
}

/** The bucket, if configured. An incomplete configuration fails at startup rather than at the first upload. */
function bucketOf(
  source: Record<string, string | undefined>,
  parsed: z.infer<typeof envSchema>,
): Env["bucket"] {
  const { S3_BUCKET: bucket, S3_REGION: region, S3_PREFIX: prefix } = parsed
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = parsed
  const isNamed = Object.entries(source).some(([name, value]) => /^S3_/.test(name) && value)
  if (!isNamed) return null
  if (!bucket || !accessKeyId || !secretAccessKey) {
    const missing = [
      !bucket && "S3_BUCKET",
      !accessKeyId && "S3_ACCESS_KEY_ID",
      !secretAccessKey && "S3_SECRET_ACCESS_KEY",
    ].filter(Boolean)
    throw new Error(
      `Cannot start: ${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} missing: files in a bucket need S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.`,
    )
  }
  const endpoint = parsed.S3_ENDPOINT ?? `https://s3.${region}.amazonaws.com`
  return { endpoint, region, bucket, prefix, accessKeyId, secretAccessKey }
}

/** A variable, or the content of the file named by NAME_FILE, as container platforms pass secrets. */
function readVariable(source: Record<string, string | undefined>, name: string) {
  const file = source[`${name}_FILE`]
  if (source[name] || !file) return source[name] || undefined
  try {
    return readFileSync(file, "utf8").trim()
  } catch {
    throw new Error(`Cannot start: the file that ${name}_FILE names cannot be read.`)
  }
}
