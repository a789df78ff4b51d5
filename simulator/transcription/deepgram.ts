import { type Asked, confidences, sentencesOf, uuidOf } from "./common"
import type { Heard } from "./hear"

const bare = (word: string) => word.toLowerCase().replace(/^\P{L}+(?=\p{L})|\P{L}+$/gu, "") || word

function paragraphsOf(heard: Heard): object {
  const sentences = sentencesOf(heard.words)
  const paragraphs = []
  for (let at = 0; at < sentences.length; at += 4) {
    const group = sentences.slice(at, at + 4)
    paragraphs.push({
      sentences: group.map(({ text, start, end }) => ({ text, start, end })),
      num_words: group.reduce((sum, { words }) => sum + words.length, 0),
      start: group[0]?.start ?? 0,
      end: group.at(-1)?.end ?? 0,
      speaker: 0,
    })
  }
  return { transcript: `\n${heard.text}`, paragraphs }
}

function extrasOf(heard: Heard, asked: Asked, words: object[]): object {
  const [first] = sentencesOf(heard.words)
  const utterance = {
    start: heard.words[0]?.start ?? 0,
    end: heard.words.at(-1)?.end ?? 0,
    confidence: 0.98,
    channel: 0,
    transcript: heard.text,
    words,
    ...(asked.diarize === true && { speaker: 0 }),
    id: uuidOf(`utterance ${heard.sha256}`),
  }
  return {
    ...(asked.utterances === true && { utterances: [utterance] }),
    ...(Boolean(asked.summarize) && {
      summary: { result: "success", short: first?.text ?? heard.text },
    }),
  }
}

/** Channels of alternatives of words; what the models of Deepgram and the Whispers behind it tell. */
export function deepgram(heard: Heard, asked: Asked): object {
  const confidence = confidences(heard.sha256)
  const words = heard.words.map(({ text, start, end }) => ({
    word: bare(text),
    start,
    end,
    confidence: confidence(),
    punctuated_word: text,
    ...(asked.diarize === true && { speaker: 0, speaker_confidence: confidence() }),
  }))
  const alternative = {
    transcript: heard.text,
    confidence: confidence(),
    words,
    ...((asked.paragraphs === true || asked.smart_format === true) && {
      paragraphs: paragraphsOf(heard),
    }),
  }
  const channel = {
    ...(Boolean(asked.detect_language) && { detected_language: "en", language_confidence: 0.99 }),
    alternatives: [alternative],
  }
  const isApart = asked.multichannel === true || asked.multi_channel === true
  const modelId = uuidOf(`model ${asked.model}`)
  const name = String(asked.model).replace(/^.*[/#](?:g1_)?/, "")
  return {
    metadata: {
      transaction_key: "deprecated",
      request_id: uuidOf(`request ${heard.sha256}`),
      sha256: heard.sha256,
      created: new Date().toISOString(),
      duration: heard.durationSeconds,
      channels: heard.channels,
      models: [modelId],
      model_info: { [modelId]: { name, version: "2024-01-09.29447", arch: name.split("-")[0] } },
    },
    results: {
      channels: Array.from({ length: isApart ? heard.channels : 1 }, () => channel),
      ...extrasOf(heard, asked, words),
    },
  }
}
