import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

/** The root of this checkout. */
export const projectDir = dirname(dirname(fileURLToPath(import.meta.url)))

/** Disposable files of this checkout: locks, a downloaded Node. */
export const projectCacheDir = join(projectDir, ".cache")
