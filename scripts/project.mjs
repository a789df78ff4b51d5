import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

/** The checkout this script belongs to. */
export const projectDir = dirname(dirname(fileURLToPath(import.meta.url)))

/** Things of this checkout that may be deleted at any time: locks, a downloaded Node. */
export const projectCacheDir = join(projectDir, ".cache")
