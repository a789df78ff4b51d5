export const languages = ["english", "german", "spanish", "french", "chinese", "arabic"] as const
export type Language = (typeof languages)[number]

/** Common words of each language; those after the bar are found in no other and count double. */
const commonWords: Record<"english" | "german" | "spanish" | "french", [string, string]> = {
  english: [
    "a an in is on of to and or for with it as are was me my do does did can i be at by from that this about not",
    "the what how why write show please explain into which when where who your you tell give make",
  ],
  german: [
    "in so mit die der das es war was ich ein eine mir am im an er sie wir man dir du",
    "und ist nicht wie warum bitte für auf schreibe schreib erkläre erklär zeige zeig kannst können wer welche welcher welches wann geht hallo danke guten moin servus über einen einer vergleiche sind ihr meine mein",
  ],
  spanish: [
    "en es la los las el de un una y me a por para con que no son",
    "qué cómo por qué cuál cuándo quién dónde favor escribe explica explícame puedes hola dime porque gracias buenos buenas muéstrame muestra compara está cuántos",
  ],
  french: [
    "en la le les de un une et me a pour que ne sur est des du tu",
    "pourquoi comment quel quelle quels quelles bonjour bonsoir salut merci écris explique expliquez peux pouvez est-ce qu'est-ce avec dans moi plaît montre coucou votre vous c'est où",
  ],
}

const wordSets = Object.entries(commonWords).map(([language, [common, own]]) => ({
  language,
  common: new Set(common.split(" ")),
  own: new Set(own.split(" ")),
}))

/** The language a question is written in, as far as five guesses and English go. */
export function languageOf(text: string): Language {
  // What is quoted may be in any language; the words around it are the question.
  const unquoted = text.replace(/["“„«][^"”“»]*["”“»]/g, " ")
  const asked = /\p{L}{2}.*\s.*\p{L}{2}/su.test(unquoted) ? unquoted : text
  const words = asked.toLowerCase().match(/[\p{L}'-]+/gu) ?? []
  const scores = wordSets.map(({ language, common, own }) => ({
    language: languages.find((name) => name === language) ?? "english",
    score: words.reduce(
      (sum, word) => sum + (own.has(word) ? 2 : common.has(word) ? 1 : 0),
      marksOf(language, asked),
    ),
  }))
  // Sorting is stable and English stands first, so a tie is English.
  const english = scores[0]?.score ?? 0
  if (english < 2 && countOf(/\p{Script=Arabic}/gu, asked) > 1) return "arabic"
  const kana = countOf(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, asked)
  if (english < 2 && !kana && countOf(/\p{Script=Han}/gu, asked) > 1) return "chinese"
  const [best] = scores.sort((left, right) => right.score - left.score)
  return best && best.score > 1 ? best.language : "english"
}

const countOf = (pattern: RegExp, text: string) => text.match(pattern)?.length ?? 0

function marksOf(language: string, text: string): number {
  if (language === "german") return /[äöüß]/i.test(text) ? 1 : 0
  if (language === "spanish") return /[¿¡ñ]/i.test(text) ? 2 : 0
  return language === "french" && /[çèêœ]/i.test(text) ? 1 : 0
}
