import { Archive } from "./archive.mjs"
import { readHtml } from "./html.mjs"
import { resolvePath, splitPath } from "./package-parts.mjs"
import { Unreadable } from "./unreadable.mjs"
import { readXml } from "./xml.mjs"

/** A book's chapters in reading order. @type {import("./worker.mjs").Reader} */
export function readEpub(bytes, output) {
  const archive = new Archive(bytes)
  const locked = listLocked(archive)
  const main = findMain(archive)
  const [folder] = splitPath(main)
  const items = new Map()
  /** @type {string[]} */
  const spine = []
  readXml(archive.get(main), {
    open(name, { id = "", idref = "", href = "" }) {
      if (name === "item") items.set(id, href)
      if (name === "itemref") spine.push(idref)
    },
  })
  for (const id of spine) {
    const path = resolvePath(folder, items.get(id) ?? "")
    if (locked.has(path)) throw new Unreadable("encrypted")
    readHtml(archive.get(path), output)
    output.add("\n\n")
  }
}

/** @param {Archive} archive */
function findMain(archive) {
  let path = ""
  readXml(archive.get("META-INF/container.xml"), {
    open(name, attributes) {
      if (name === "rootfile") path ||= attributes["full-path"] ?? ""
    },
  })
  return path
}

/** Often only fonts are encrypted; encrypted chapters mean DRM. @param {Archive} archive */
function listLocked(archive) {
  const locked = new Set()
  const bytes = archive.find("META-INF/encryption.xml")
  if (!bytes) return locked
  readXml(bytes, {
    open(name, { URI = "" }) {
      if (name === "CipherReference") locked.add(resolvePath("", URI))
    },
  })
  return locked
}
