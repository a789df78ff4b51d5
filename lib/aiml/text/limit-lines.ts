import { AppError } from "../../base/errors"

/** Characters of one line of a stream; a longer one is an attack or a defect. */
const maxLineChars = 2_000_000

/** The same stream, which breaks at a line of absurd length. */
export function limitLines(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  let lineBytes = 0
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        const newline = bytes.lastIndexOf(10)
        lineBytes = newline < 0 ? lineBytes + bytes.length : bytes.length - newline
        if (lineBytes > maxLineChars) controller.error(new AppError("model_flooded"))
        else controller.enqueue(bytes)
      },
    }),
  )
}
