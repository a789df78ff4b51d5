import { wavHead } from "@/lib/base/wav"
import { toSixteenBits } from "./samples"

/** Enough for speech, and what models that hear work with. */
const sampleRate = 16_000

/** A recording of the browser as a WAV file, which all models that hear know. */
export async function toWav(recording: Blob, name: string): Promise<File> {
  const context = new OfflineAudioContext(1, 1, sampleRate)
  const sound = await context.decodeAudioData(await recording.arrayBuffer())
  const mixed = new Float32Array(sound.length)
  for (let channel = 0; channel < sound.numberOfChannels; channel++) {
    for (const [index, sample] of sound.getChannelData(channel).entries()) {
      mixed[index] = (mixed[index] ?? 0) + sample / sound.numberOfChannels
    }
  }
  const bytes = toSixteenBits(mixed)
  return new File([wavHead(sampleRate, bytes.length), bytes], name, { type: "audio/wav" })
}
