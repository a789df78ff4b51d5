import type { Protocol, TextProtocol } from "./protocol"
import { audio, song } from "./protocols/audio"
import { chat } from "./protocols/chat"
import { completions } from "./protocols/completions"
import { embedding } from "./protocols/embedding"
import { image } from "./protocols/image"
import { imageEdit } from "./protocols/image-edit"
import { messages } from "./protocols/messages"
import { ocr } from "./protocols/ocr"
import { responses } from "./protocols/responses"
import { speech } from "./protocols/speech"
import { transcription, transcriptionAtOnce } from "./protocols/transcription"
import { video } from "./protocols/video"
import { vision } from "./protocols/vision"

/** Every way of asking a model. Where a model's document has several, the first here is spoken. */
export const protocols: readonly Protocol[] = [
  chat,
  responses,
  messages,
  completions,
  image,
  imageEdit,
  audio,
  song,
  speech,
  transcription,
  transcriptionAtOnce,
  ocr,
  vision,
  embedding,
  video,
]

/** The protocol that is spoken at an address. */
export function protocolAt(path: string): Protocol | undefined {
  return protocols.find((protocol) => protocol.path.test(path))
}

export function isText(protocol: Protocol): protocol is TextProtocol {
  return "languageModel" in protocol
}
