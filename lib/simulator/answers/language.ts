import { excerpt, type Question } from "./question"

export type Language = "english" | "german" | "spanish" | "chinese" | "arabic"

const germanWords =
  /\b(und|ist|nicht|wie|was|warum|bitte|ich|kannst|der|die|das|ein|eine|schreibe?|erkläre?|mir|für)\b/gi
const spanishWords =
  /\b(qué|cómo|por|favor|una?|los|las|es|escribe|explica|puedes|para|cuál|hola|dime|porque)\b/gi

/** The language a question is written in, as far as four guesses and English go. */
export function languageOf(text: string): Language {
  if (/[\u0600-\u06ff]{2}/.test(text)) return "arabic"
  if (/\p{Script=Han}{2}/u.test(text) && !/\p{Script=Hiragana}/u.test(text)) return "chinese"
  const words = text.split(/\s+/).length
  const german = (text.match(germanWords) ?? []).length + (/[äöüß]/i.test(text) ? 1 : 0)
  const spanish = (text.match(spanishWords) ?? []).length + (/[¿¡ñ]/i.test(text) ? 2 : 0)
  const needed = Math.max(2, words * 0.2)
  if (german >= needed && german > spanish) return "german"
  if (spanish >= needed) return "spanish"
  return "english"
}

/** The opening of an answer in the language of the question; nothing for English. */
export function nativeOpening({ language, text, modelName }: Question): string | undefined {
  const quote = excerpt(text, 90)
  switch (language) {
    case "german":
      return `*Demo-Antwort: Hier spricht der eingebaute Simulator von Polylogue anstelle von ${modelName}. Mit \`AIMLAPI_API_KEY\` antwortet das echte Modell.*

Sie haben gefragt: „${quote}“. Ich bin kein Sprachmodell und tue auch nicht so; aber ich habe die Frage erhalten, ihre Sprache erkannt und antworte in kleinen Stücken, genau wie das Original es täte. Eine gute Antwort auf Deutsch beginnt übrigens selten mit dem Verb: Es wartet geduldig am Ende des Satzes, bis alles andere gesagt ist.`
    case "spanish":
      return `*Respuesta de demostración: habla el simulador integrado de Polylogue en lugar de ${modelName}. Con \`AIMLAPI_API_KEY\` responde el modelo real.*

Has preguntado: «${quote}». No soy un modelo de lenguaje ni pretendo serlo; pero he recibido la pregunta, he reconocido el idioma y contesto poco a poco, tal como lo haría el original. Un detalle bonito del español: los signos ¿ y ¡ avisan desde el principio del tono de la frase, algo que a casi todas las lenguas les falta.`
    case "chinese":
      return `*演示回答:这是 Polylogue 内置的模拟器,代替 ${modelName} 发言。设置 \`AIMLAPI_API_KEY\` 之后,真正的模型就会回答。*

您的问题是:“${quote}”。我不是语言模型,也不假装是;不过我确实收到了这个问题,认出了它的语言,并且像真正的模型一样一小段一小段地回答。顺便一提:中文书写不用空格分词,所以“token”的切分在中文里格外有趣,一个字往往就是一个 token。`
    case "arabic":
      return `*إجابة تجريبية: يتحدث هنا المحاكي المدمج في Polylogue بدلًا من ${modelName}. عند ضبط \`AIMLAPI_API_KEY\` يجيب النموذج الحقيقي.*

سؤالك هو: «${quote}». لستُ نموذجًا لغويًا ولا أدّعي ذلك، لكنني استلمت السؤال وتعرّفت على لغته، وأجيب على دفعات صغيرة كما يفعل النموذج الأصلي. ولأن العربية تُكتب من اليمين إلى اليسار، فهذه الفقرة اختبار صادق لواجهة العرض: الأرقام مثل 2026 والكلمات اللاتينية مثل *stream* تبقى في اتجاهها الصحيح داخل السطر.`
    case "english":
      return undefined
  }
}
