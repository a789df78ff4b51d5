import { hash } from "../random"

/** One sound: where its resonances lie, how much of it is voice and how much is breath. */
export interface Phone {
  durationMs: number
  /** The first three formants in Hz. */
  formants: readonly [number, number, number]
  voice: number
  noise: number
  /** Where the breath sounds brightest, in Hz. */
  noiseHz: number
}

type Formants = Phone["formants"]

const vowelFormants: Record<string, Formants> = {
  a: [730, 1090, 2440],
  e: [530, 1840, 2480],
  i: [390, 1990, 2550],
  o: [570, 840, 2410],
  u: [440, 1020, 2240],
  y: [270, 2290, 3010],
}
/** Vowels that two letters make. */
const longVowels: Record<string, Formants> = {
  ee: [270, 2290, 3010],
  ea: [270, 2290, 3010],
  ie: [270, 2290, 3010],
  oo: [300, 870, 2240],
  ou: [570, 1000, 2400],
  ow: [570, 1000, 2400],
  ai: [530, 1840, 2480],
  ay: [530, 1840, 2480],
  au: [640, 970, 2410],
  oa: [500, 900, 2400],
  er: [490, 1350, 1690],
  ir: [490, 1350, 1690],
  ur: [490, 1350, 1690],
}

const neutral: Formants = [500, 1500, 2500]

const vowel = (formants: Formants, durationMs: number): Phone => ({
  durationMs,
  formants,
  voice: 1,
  noise: 0.01,
  noiseHz: 1500,
})
const hum = (formants: Formants, durationMs = 65): Phone => ({
  durationMs,
  formants,
  voice: 0.45,
  noise: 0,
  noiseHz: 1000,
})
const hiss = (noiseHz: number, voice: number, noise: number, durationMs = 85): Phone => ({
  durationMs,
  formants: neutral,
  voice,
  noise,
  noiseHz,
})
const silence = (durationMs: number): Phone => ({ ...hiss(1000, 0, 0), durationMs })
/** A stop: the lips or the tongue close, then let go. */
const stop = (noiseHz: number, voice: number): Phone[] => [
  { ...silence(40), voice: voice * 0.2 },
  hiss(noiseHz, voice * 0.3, 0.35, 22),
]

const consonants: Record<string, Phone[]> = {
  b: stop(900, 1),
  c: stop(1900, 0),
  d: stop(3300, 1),
  f: [hiss(5000, 0, 0.12)],
  g: stop(1800, 1),
  h: [hiss(1500, 0, 0.12, 55)],
  j: [...stop(2600, 1), hiss(2600, 0.3, 0.25, 50)],
  k: stop(1900, 0),
  l: [hum([360, 1100, 2600])],
  m: [hum([270, 1000, 2200], 75)],
  n: [hum([270, 1600, 2600], 70)],
  p: stop(800, 0),
  q: [...stop(1900, 0), hum([290, 610, 2150], 40)],
  r: [hum([310, 1060, 1380])],
  s: [hiss(6200, 0, 0.3)],
  t: stop(3600, 0),
  v: [hiss(4200, 0.4, 0.08, 60)],
  w: [hum([290, 610, 2150])],
  x: [...stop(1900, 0), hiss(6200, 0, 0.3, 60)],
  z: [hiss(5800, 0.4, 0.2, 75)],
  sh: [hiss(3000, 0, 0.3, 95)],
  ch: [...stop(3000, 0), hiss(3000, 0, 0.3, 70)],
  th: [hiss(4800, 0.1, 0.12, 75)],
  ph: [hiss(5000, 0, 0.12)],
  ng: [hum([280, 2000, 2600], 75)],
}

const digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
const plain = (word: string) => word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

/** A letter outside the Latin alphabet: some syllable, always the same one. */
function foreign(letter: string): Phone[] {
  const number = hash(letter)
  const onsets = [consonants.m, consonants.n, consonants.l, consonants.d, consonants.k]
  const vowels = Object.values(vowelFormants)
  return [
    ...(onsets[number % onsets.length] ?? []),
    vowel(vowels[(number >>> 8) % vowels.length] ?? neutral, 120),
  ]
}

/** The sounds of one word, roughly as English reads its letters. */
export function phonesOf(word: string): Phone[] {
  const letters = plain(word)
  const phones: Phone[] = []
  for (let at = 0; at < letters.length; ) {
    const [two, one] = [letters.slice(at, at + 2), letters.charAt(at)]
    const long = longVowels[two]
    const short = vowelFormants[one]
    const isSilentE = one === "e" && at === letters.length - 1 && at > 1
    if (long) phones.push(vowel(long, 150))
    else if (consonants[two]) phones.push(...(consonants[two] ?? []))
    else if (short) phones.push(...(isSilentE ? [] : [vowel(short, 100)]))
    else if (consonants[one]) phones.push(...(consonants[one] ?? []))
    else if (/\d/.test(one)) phones.push(...phonesOf(digits[Number(one)] ?? ""), silence(40))
    else if (/\p{L}/u.test(one)) phones.push(...foreign(one))
    at += long || consonants[two] ? 2 : 1
  }
  return phones.length > 0 ? phones : [silence(30)]
}

/** The rest after a word: a short one, or a breath where the sentence has a sign for it. */
export function pauseAfter(word: string): Phone {
  if (/[.!?…。！？]["'”’)]*$/.test(word)) return silence(340)
  return silence(/[,;:–—，、]["'”’)]*$/.test(word) ? 180 : 35)
}
