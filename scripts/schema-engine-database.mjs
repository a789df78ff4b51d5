import { randomUUID } from "node:crypto"
import { PrismaPg } from "@prisma/adapter-pg"
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils"
import pg from "pg"

const CHAR_OID = 18
const BPCHAR_OID = 1042

/** The database of a schema command, and operations on its server. */
export class SchemaDatabase {
  /** @param {{ url?: string, shadowDatabaseUrl?: string }} datasource */
  constructor({ url, shadowDatabaseUrl }) {
    this.url = url
    this.shadowDatabaseUrl = shadowDatabaseUrl
  }

  get name() {
    return decodeURIComponent(new URL(this.url).pathname.slice(1)) || "postgres"
  }

  async connect() {
    await withClient(this.url, async () => {})
  }

  async create() {
    await this.onServer(`CREATE DATABASE "${this.name}"`)
    return { databaseName: this.name }
  }

  async drop() {
    await this.onServer(`DROP DATABASE IF EXISTS "${this.name}" WITH (FORCE)`)
  }

  /** @param {string} statement */
  async onServer(statement) {
    const url = new URL(this.url)
    url.pathname = "/postgres"
    url.search = ""
    await withClient(url.href, (client) => client.query(statement))
  }

  /**
   * Translates a connection error to Prisma's format.
   * @param {Error & { code?: string }} error
   */
  explain({ code, message }) {
    if (code === "3D000") {
      return { code: "P1003", message: `Database \`${this.name}\` does not exist` }
    }
    const { host } = new URL(this.url)
    return {
      code: code === "28P01" || code === "28000" ? "P1000" : "P1001",
      message: `Can't reach database server at \`${host}\`: ${message}`,
    }
  }

  adapterFactory() {
    return new SchemaAdapter(this)
  }
}

/**
 * @param {string | undefined} connectionString
 * @param {(client: pg.Client) => Promise<unknown>} work
 */
async function withClient(connectionString, work) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** Prisma's adapter plus a shadow database and catalog queries that it lacks. */
class SchemaAdapter extends PrismaPg {
  /** @param {SchemaDatabase} database */
  constructor(database) {
    super({ connectionString: database.url })
    this.database = database
  }

  async connect() {
    return allowCharColumns(await super.connect())
  }

  async connectToShadowDb() {
    const { url, shadowDatabaseUrl } = this.database
    if (shadowDatabaseUrl) return connectTo(shadowDatabaseUrl)
    const name = `prisma_migrate_shadow_db_${randomUUID()}`
    await this.database.onServer(`CREATE DATABASE "${name}"`)
    const shadowUrl = new URL(url)
    shadowUrl.pathname = `/${name}`
    const shadow = await connectTo(shadowUrl.href)
    const dispose = shadow.dispose.bind(shadow)
    shadow.dispose = async () => {
      await dispose()
      await this.database.onServer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
    }
    return shadow
  }
}

/** @param {string} connectionString */
async function connectTo(connectionString) {
  return allowCharColumns(await new PrismaPg({ connectionString }).connect())
}

const charColumns = Symbol("positions of char columns")
let isAllowed = false

/**
 * The adapter rejects PostgreSQL's internal type "char", which catalog queries return. Passing it on as bpchar and
 * marking it as Character is what the engine expects. Patched once, on the class shared by connections and
 * transactions.
 * @template {object} T
 * @param {T} connection
 * @returns {T}
 */
function allowCharColumns(connection) {
  if (isAllowed) return connection
  isAllowed = true
  let shared = connection
  while (!Object.hasOwn(shared, "performIO")) shared = Object.getPrototypeOf(shared)
  const { performIO, queryRaw } = shared
  shared.performIO = async function (query) {
    const result = await performIO.call(this, query)
    const fields = [...(result.fields ?? []).entries()]
    const chars = fields.filter(([, field]) => field.dataTypeID === CHAR_OID)
    for (const [, field] of chars) field.dataTypeID = BPCHAR_OID
    query[charColumns] = chars.map(([position]) => position)
    return result
  }
  shared.queryRaw = async function (query) {
    const marked = { ...query }
    const result = await queryRaw.call(this, marked)
    for (const position of marked[charColumns] ?? []) {
      result.columnTypes[position] = ColumnTypeEnum.Character
    }
    return result
  }
  return connection
}
