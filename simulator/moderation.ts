import type { Model } from "./catalogue"
import { type ChatMessage, textOf } from "./chat-request"
import { isGuard } from "./hidden"

/**
 * The fourteen hazards that guard models know, by their numbers, with what gives each away. A short
 * list on purpose: what asks for help with harm is caught, what merely names it mostly not.
 */
const hazards: [number, RegExp][] = [
  [
    9,
    /\b(?:make|build|create|construct|assemble|synthesi[sz]e|detonate|buy)\b.{0,40}\b(?:bombs?|explosives?|grenades?|nerve agents?|sarin|anthrax|chemical weapons?|dirty bombs?|ricin)\b/,
  ],
  [
    11,
    /\b(?:kill myself|end my (?:own )?life|commit suicide|suicide methods?|hurt myself|cut myself)\b/,
  ],
  [4, /\b(?:child|children|kids?|minors?|underage)\b.{0,30}\b(?:porn|sex|sexual|nude|naked|groom)/],
  [3, /\b(?:rape|molest|sexually assault|traffic(?:king)? (?:women|girls|people))\b/],
  [
    1,
    /\b(?:kill|murder|stab|shoot|poison|strangle|attack|kidnap)\b.{0,25}\b(?:him|her|them|someone|somebody|people|person|my (?:wife|husband|boss|neighbou?r|ex|family|parents|teacher)|neighbou?r|crowds?|school)\b/,
  ],
  [
    2,
    /\b(?:steal|rob|shoplift|launder|counterfeit|smuggle|forge|hot-?wire|pick(?:ing)? (?:a )?locks?)\b.{0,40}\b(?:cars?|money|banks?|stores?|credit cards?|identit|passports?|drugs|house|wallets?)|\b(?:cook|make|synthesi[sz]e)\b.{0,20}\b(?:meth|heroin|cocaine|fentanyl)\b|\b(?:hack|break)(?:ing)? into\b|\bphishing (?:mail|page|site)/,
  ],
  [
    10,
    /\b(?:hate|exterminate|inferior|vermin|subhuman|gas)\b.{0,30}\b(?:jews?|muslims?|blacks?|gays?|immigrants?|women|race|races)\b/,
  ],
  [12, /\b(?:porn|pornographic|explicit sex|erotic(?:a)?|nude (?:pictures?|photos?))\b/],
  [
    7,
    /\b(?:home address|social security number|phone number|dox+)\b.{0,30}\b(?:of|for|her|him|celebrit|this person|someone)\b/,
  ],
  [13, /\b(?:rig|steal|falsify)\b.{0,20}\belections?\b|\bfake ballots?\b/],
  [14, /\b(?:fork bomb|escape (?:the|your) sandbox|privilege escalation)\b/],
  [5, /\b(?:spread|invent|make up)\b.{0,20}\b(?:lies|rumou?rs)\b.{0,20}\babout\b/],
]

/** The numbers of the hazards in a text, the first found first; none if it is safe. */
export function hazardsIn(text: string): number[] {
  const flat = text.toLowerCase().replace(/\s+/g, " ").slice(0, 20_000)
  return hazards.filter(([, pattern]) => pattern.test(flat)).map(([number]) => number)
}

/** Whether a model names hazards by bare two-digit numbers, as the second generation does. */
const countsPlainly = (model: Model) => /guard-?2/i.test(model.id)

/**
 * What a guard model says of a conversation: of its last turn, that is. Pictures count as safe, since
 * nobody here can see them. Nothing for models that are no guards.
 */
export function verdict(model: Model, messages: ChatMessage[]): string | undefined {
  if (!isGuard(model)) return undefined
  const last = messages.findLast(({ role }) => role === "user" || role === "assistant")
  const found = hazardsIn(textOf(last?.content))
  const [first] = found
  if (first === undefined) return "safe"
  if (countsPlainly(model)) return `unsafe \n ${String(first).padStart(2, "0")}`
  return `unsafe\n${found.map((number) => `S${number}`).join(",")}`
}
