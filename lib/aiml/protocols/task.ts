import type { FileKind } from "../../base/file-kinds"
import { sendForJson } from "../http/upstream"
import { readJob } from "../media/job"
import { readMedia } from "../media/media-result"
import type { MediaProtocol } from "../protocol"

/**
 * What a protocol of submitted tasks has in common: POST answers with a task, GET on the same address
 * with `generation_id` says how far it is. Ids are opaque and hold any character.
 */
export function taskProtocol(
  makes: FileKind,
  protocol: Omit<MediaProtocol, "start" | "check">,
): MediaProtocol {
  const read = (json: unknown) => readMedia(json, makes)
  return {
    ...protocol,
    async start(upstream, { path, body, ...context }) {
      const { json, headers } = await sendForJson(upstream, {
        method: "POST",
        path,
        body,
        ...context,
      })
      const referenceOf = (id: string | null) =>
        id && `${path}?generation_id=${encodeURIComponent(id)}`
      return readJob(json, headers, referenceOf, read)
    },
    async check(upstream, reference, context) {
      const { json, headers } = await sendForJson(upstream, {
        method: "GET",
        path: reference,
        ...context,
      })
      return readJob(json, headers, () => reference, read)
    },
  }
}
