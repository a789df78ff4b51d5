/** The loudest moment of each of so many stretches of a sound, from 0 to 1 of its loudest. */
export function peaksOf(samples: Float32Array, count: number): number[] {
  const peaks = Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * samples.length) / count)
    const to = Math.floor(((index + 1) * samples.length) / count)
    let peak = 0
    for (let at = from; at < to; at++) peak = Math.max(peak, Math.abs(samples[at] ?? 0))
    return peak
  })
  const loudest = Math.max(...peaks)
  return loudest > 0 ? peaks.map((peak) => peak / loudest) : peaks
}

/** Decodes a sound as far as a drawing needs it. Throws for what the browser cannot decode. */
export async function readPeaks(url: string, count: number, signal: AbortSignal) {
  const response = await fetch(url, { signal })
  if (!response.ok) throw new Error(`${response.status}`)
  // At a low rate the samples of an hour still fit into memory.
  const context = new OfflineAudioContext(1, 1, 8_000)
  const sound = await context.decodeAudioData(await response.arrayBuffer())
  return peaksOf(sound.getChannelData(0), count)
}
