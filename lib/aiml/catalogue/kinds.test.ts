import { expect, test } from "@playwright/test"
import { kindOf } from "./kinds"

const kind = (
  type: string,
  outputs: string[] = [],
  inputs: string[] = [],
  abilities: string[] = [],
) => kindOf({ type, inputs, outputs, abilities })

test("what a model gives goes before what its endpoint is called", () => {
  expect(kind("openai/image-generations", ["3d"])).toBe("shape")
  expect(kind("openai/chat-completions", ["image"])).toBe("image")
  expect(kind("internal/unheard-of", ["video"])).toBe("video")
  expect(kind("openai/chat-completions", ["embedding"])).toBe("embedding")
})

test("what gives text and more is told by its endpoint", () => {
  expect(kind("openai/chat-completions", ["image", "text"])).toBe("text")
  expect(kind("openai/chat-completions", ["audio", "text"])).toBe("text")
  expect(kind("openai/image-generations", ["image", "text"])).toBe("image")
})

test("what gives only text may read sound or documents for it", () => {
  expect(kind("internal/speech-to-text/submit", ["text"], ["audio"])).toBe("transcription")
  expect(kind("", ["text"], ["audio"])).toBe("transcription")
  expect(kind("internal/ocr", ["text"], ["image", "text"])).toBe("document")
  expect(kind("internal/vision", ["text"], ["image"])).toBe("document")
  expect(kind("openai/chat-completions", ["text"], ["image", "text"])).toBe("text")
  expect(kind("internal/moderation", ["text"], ["text"])).toBe("text")
})

test("sound is speech where an ability or the endpoint says so, otherwise music", () => {
  expect(kind("internal/text-to-speech", ["audio"], ["text"], ["audio_generation"])).toBe("speech")
  expect(kind("internal/audio-generations/submit", ["audio"])).toBe("audio")
  expect(kind("", ["audio"], ["text"], ["text_to_speech"])).toBe("speech")
  expect(kind("", ["audio"], ["text"], ["music_generation"])).toBe("audio")
})

test("without modalities abilities tell, and without these the words of the endpoint", () => {
  expect(kind("internal/generations", [], [], ["image_to_video"])).toBe("video")
  expect(kind("internal/text-to-speech", [], [], ["audio_generation"])).toBe("speech")
  const types = {
    "chat-completion": "text",
    "openai/responses": "text",
    "internal/moderation": "text",
    "openai/image-generations": "image",
    "internal/video-generations/submit": "video",
    "internal/audio-generations/submit": "audio",
    "internal/text-to-speech": "speech",
    "voice-chat": "speech",
    "internal/speech-to-text/submit": "transcription",
    "openai/embeddings": "embedding",
    "internal/ocr": "document",
    "text-to-3d": "shape",
    "": "text",
    "internal/quantum": "other",
  }
  expect(Object.keys(types).map((type) => kind(type))).toEqual(Object.values(types))
})
