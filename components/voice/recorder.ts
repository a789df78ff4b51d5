import { limits } from "@/lib/base/limits"

// What services of transcription know best stands first; each browser has at least one of them.
const mediaTypes = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"]
/** Enough for a voice; ten minutes are two megabytes. */
const bitsPerSecond = 32_000

/** A recording that is under way. */
export type Recorder = {
  /** How loud it is right now, from 0 to 1. */
  level: () => number
  elapsedMs: () => number
  /** Ends it and gives what was recorded. */
  finish: () => Promise<Blob>
  /** Ends it and forgets it. */
  cancel: () => void
}

/** Asks for the microphone and records until it is ended, or for as long as a recording may be. */
export async function record(onFull: () => void): Promise<Recorder> {
  // Absent where the page came over a connection that anybody can listen to.
  if (!navigator.mediaDevices?.getUserMedia || !("MediaRecorder" in window)) throw new Error(unable)
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch((error) => {
    throw new Error(wordsFor(error))
  })
  const mimeType = mediaTypes.find((type) => MediaRecorder.isTypeSupported(type))
  const recorder = new MediaRecorder(stream, {
    audioBitsPerSecond: bitsPerSecond,
    ...(mimeType && { mimeType }),
  })
  const pieces: Blob[] = []
  recorder.ondataavailable = ({ data }) => pieces.push(data)
  const ended = new Promise<void>((resolve) => {
    recorder.onstop = () => resolve()
  })
  const meter = createMeter(stream)
  const begun = performance.now()
  recorder.start(1_000)
  const timer = setTimeout(onFull, limits.recordingMinutes * 60_000)

  function stop() {
    clearTimeout(timer)
    if (recorder.state !== "inactive") recorder.stop()
    for (const track of stream.getTracks()) track.stop()
    meter.close()
  }
  return {
    level: meter.level,
    elapsedMs: () => performance.now() - begun,
    async finish() {
      stop()
      await ended
      return new Blob(pieces, { type: recorder.mimeType })
    },
    cancel: stop,
  }
}

const unable =
  "This browser cannot record here. Recording needs a page that was opened with https, or on this machine."

function wordsFor(error: unknown): string {
  const name = error instanceof DOMException ? error.name : ""
  if (name === "NotAllowedError" || name === "SecurityError") {
    return "The microphone is blocked for this page. Allow it in the settings of the browser, and try again."
  }
  if (name === "NotFoundError") return "No microphone was found. Connect one, and try again."
  return "The microphone could not be used. Another program may have it; close that, and try again."
}

function createMeter(stream: MediaStream) {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  const samples = new Float32Array(analyser.fftSize)
  context.createMediaStreamSource(stream).connect(analyser)
  void context.resume()
  return {
    level() {
      analyser.getFloatTimeDomainData(samples)
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
      // Ears hear ratios: from a whisper at -60 dB to a shout at 0.
      const decibels = 10 * Math.log10(power + 1e-12)
      return Math.min(1, Math.max(0, 1 + decibels / 60))
    },
    close: () => void context.close(),
  }
}
