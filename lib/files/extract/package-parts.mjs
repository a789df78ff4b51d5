import { readXml } from "./xml.mjs"

/**
 * The relationships of a part in an office file: id → target path and type.
 * @param {import("./archive.mjs").Archive} archive @param {string} part
 * @returns {Map<string, { target: string, type: string }>}
 */
export function readRelations(archive, part) {
  const [folder, name] = splitPath(part)
  const bytes = archive.find(`${folder}_rels/${name}.rels`)
  const relations = new Map()
  if (!bytes) return relations
  readXml(bytes, {
    open(element, { Id = "", Target = "", Type = "", TargetMode }) {
      if (element !== "Relationship" || TargetMode === "External") return
      relations.set(Id, { target: resolvePath(folder, Target), type: Type.split("/").at(-1) ?? "" })
    },
  })
  return relations
}

/**
 * Resolves `target` relative to `folder`; a leading slash means the root.
 * @param {string} folder @param {string} target
 */
export function resolvePath(folder, target) {
  const path = new URL(target, `archive://root/${folder}`).pathname.slice(1)
  return decodeURIComponent(path)
}

/** @param {string} path */
export function splitPath(path) {
  const at = path.lastIndexOf("/") + 1
  return [path.slice(0, at), path.slice(at)]
}
