import { excerpt, type Question } from "./question"

/** What the simulator has to offer to somebody who wants a translation. */
export function translationAnswer({ text }: Question): string | undefined {
  if (!/\btranslat|übersetz|traduc|tradui|翻译|ترجم/i.test(text)) return undefined
  return `The simulator cannot translate "${excerpt(text, 80)}", but it knows one sentence in eight languages, from a text that has been translated more often than almost any other: the first article of the Universal Declaration of Human Rights.

| Language | How it begins |
| :-- | :-- |
| English | All human beings are born free and equal in dignity and rights. |
| German | Alle Menschen sind frei und gleich an Würde und Rechten geboren. |
| Spanish | Todos los seres humanos nacen libres e iguales en dignidad y derechos. |
| French | Tous les êtres humains naissent libres et égaux en dignité et en droits. |
| Chinese | 人人生而自由，在尊严和权利上一律平等。 |
| Arabic | يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق. |
| Japanese | すべての人間は、生れながらにして自由であり、かつ、尊厳と権利とについて平等である。 |
| Russian | Все люди рождаются свободными и равными в своём достоинстве и правах. |`
}
