import { downloadUrl } from "../files/file-words"

/** Browsers leave out some of many downloads that begin at once. */
const pauseMs = 400

/** Has the browser save files, one after another. */
export async function downloadFiles(files: readonly { id: string; name: string }[]): Promise<void> {
  for (const [index, { id, name }] of files.entries()) {
    if (index > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
    const link = document.createElement("a")
    link.href = downloadUrl(id)
    link.download = name
    link.click()
  }
}
