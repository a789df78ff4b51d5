import { type Asked, confidences, sentencesOf, uuidOf } from "./common"
import type { Heard } from "./hear"

const milliseconds = (seconds: number) => Math.round(seconds * 1000)

function extrasOf(heard: Heard, asked: Asked): object {
  const sentences = sentencesOf(heard.words)
  const [first] = sentences
  const summary = first?.text ?? heard.text
  const gist = summary.split(" ").slice(0, 5).join(" ")
  const span = { start: 0, end: milliseconds(heard.durationSeconds) }
  return {
    ...(asked.auto_chapters === true && {
      chapters: [{ summary, headline: summary, gist, ...span }],
    }),
    ...(asked.summarization === true && { summary }),
    ...(asked.sentiment_analysis === true && {
      sentiment_analysis_results: sentences.map(({ text, start, end }) => ({
        text,
        start: milliseconds(start),
        end: milliseconds(end),
        sentiment: "NEUTRAL",
        confidence: 0.9,
        speaker: null,
      })),
    }),
  }
}

/** Times are whole milliseconds here, and speakers have letters. */
export function assemblyai(heard: Heard, asked: Asked): object {
  const confidence = confidences(heard.sha256)
  const speaker = asked.speaker_labels === true ? "A" : null
  const words = heard.words.map(({ text, start, end }) => ({
    text,
    start: milliseconds(start),
    end: milliseconds(end),
    confidence: confidence(),
    speaker,
  }))
  const utterance = {
    speaker,
    text: heard.text,
    start: words[0]?.start ?? 0,
    end: words.at(-1)?.end ?? 0,
    confidence: confidence(),
    words,
  }
  return {
    id: uuidOf(`transcript ${heard.sha256}`),
    language_model: "assemblyai_default",
    acoustic_model: "assemblyai_default",
    language_code: asked.language_code ?? "en_us",
    status: "completed",
    speech_model: String(asked.model).replace(/^.*\//, ""),
    text: heard.text,
    words,
    utterances: speaker ? [utterance] : null,
    confidence: confidence(),
    audio_duration: Math.round(heard.durationSeconds),
    punctuate: asked.punctuate ?? true,
    format_text: asked.format_text ?? true,
    speaker_labels: speaker !== null,
    ...extrasOf(heard, asked),
  }
}
