// Adds to package-lock.json the optional platform packages that npm left out because its registry did
// not list them; `npm ci` rejects a lockfile without them. Run after every change of dependencies:
//   node scripts/complete-lockfile.mjs && npm install --package-lock-only
import { readFileSync, writeFileSync } from "node:fs"

const systems = "aix android darwin freebsd linux netbsd openbsd openharmony sunos win32".split(" ")
const processors = "arm arm64 ia32 loong64 mips64el ppc64 riscv64 s390x wasm32 x64".split(" ")
const libraries = { musl: "musl", gnu: "glibc" }

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"))
const { packages } = lock
for (const [path, entry] of Object.entries({ ...packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const isKnown = packages[`node_modules/${name}`] || packages[`${path}/node_modules/${name}`]
    const isExact = /^\d/.test(version)
    if (path === "" || isKnown || !isExact) continue
    packages[`node_modules/${name}`] = {
      version,
      optional: true,
      dev: entry.dev,
      ...platform(name),
    }
    console.log(`added ${name}@${version}`)
  }
}
lock.packages = Object.fromEntries(
  Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en")),
)
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`)

/** The platform a package's name refers to. @param {string} name */
function platform(name) {
  const words = name.replace(/^@[^/]+\//, "").split("-")
  const of = (list) => list.filter((word) => words.includes(word))
  const libc = words.flatMap((word) => libraries[word] ?? [])
  return {
    ...(of(systems).length > 0 ? { os: of(systems) } : {}),
    ...(of(processors).length > 0 ? { cpu: of(processors) } : {}),
    ...(libc.length > 0 ? { libc } : {}),
  }
}
