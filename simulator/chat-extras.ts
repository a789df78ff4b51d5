import { z } from "zod"
import type { Piece } from "./compose"
import { Refusal } from "./exchange"
import { hasMember } from "./members"
import { series } from "./random"
import type { Operation } from "./specs"
import { tokenize } from "./tokens"

/** What a chat request may ask for besides an answer, where the model's schema has it. */
export interface ChatExtras {
  choiceCount: number
  /** How many alternatives to list per token; without it no probabilities are told. */
  topLogprobs?: number
  isSpoken: boolean
  /** The places of the first answer that lean on pages, where the model says so in the message. */
  annotations?: object[]
}

const extrasSchema = z.object({
  n: z.number().nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.number().nullish(),
  modalities: z.array(z.string()).nullish(),
  audio: z.looseObject({ format: z.string() }).nullish(),
  stream: z.boolean().nullish(),
})

/** Reads the extras of a body that passed the vendor's schema. */
export function chatExtrasOf(
  body: Record<string, unknown>,
  operation: Operation | undefined,
): ChatExtras {
  const { n, logprobs, top_logprobs, modalities, audio, stream } = extrasSchema.parse(body)
  const choiceCount = hasMember(operation, "n") ? (n ?? 1) : 1
  if (choiceCount > 128) {
    throw new Refusal(400, "Body validation error!\nNumber must be less than or equal to 128")
  }
  const isSpoken = hasMember(operation, "modalities") && (modalities ?? []).includes("audio")
  if (isSpoken && stream && audio?.format !== "pcm16") {
    throw new Refusal(
      400,
      `400 Unsupported value: 'audio.format' does not support '${audio?.format}' when stream=true. Supported values are: 'pcm16'.`,
    )
  }
  const tellsLogprobs = logprobs && hasMember(operation, "logprobs")
  return { choiceCount, isSpoken, ...(tellsLogprobs && { topLogprobs: top_logprobs ?? 0 }) }
}

const bytesOf = (text: string) => [...Buffer.from(text)]

/** The probabilities of some pieces' tokens, invented but always the same for the same text. */
export function logprobsOf(pieces: Piece[], { topLogprobs }: ChatExtras): object | undefined {
  if (topLogprobs === undefined) return undefined
  const content = pieces
    .flatMap((piece) => tokenize(piece.text))
    .map((token) => {
      const next = series(token)
      const logprob = -Number((next() * 0.6).toFixed(6))
      const others = Array.from({ length: topLogprobs }, (_, rank) => {
        const text = rank === 0 ? token : `${token}${"~".repeat(rank)}`
        const worse = Number((logprob - rank * (1 + next())).toFixed(6))
        return { token: text, logprob: worse, bytes: bytesOf(text) }
      })
      return { token, logprob, bytes: bytesOf(token), top_logprobs: others }
    })
  return { content, refusal: [] }
}

const chunkSchema = z.looseObject({
  choices: z.array(z.looseObject({ delta: z.looseObject({}).optional() })),
})

/** A chunk with members of its choice, or of the delta in it, exchanged. */
export function revisedChoice(chunk: object, changes: object, delta?: object): object {
  const { choices, ...rest } = chunkSchema.parse(chunk)
  const revised = choices.map((choice) => ({
    ...choice,
    ...changes,
    ...(delta && { delta: { ...choice.delta, ...delta } }),
  }))
  return { ...rest, choices: revised }
}
