import { z } from "zod"
import type { Delivery } from "./voice"

const optionsSchema = z.object({
  voice: z.string().optional(),
  speed: z.number().optional(),
  sample_rate: z.coerce.number().optional(),
  output_format: z.string().optional(),
  voice_settings: z.object({ speed: z.number().optional() }).optional(),
  voice_setting: z
    .object({ voice_id: z.string().optional(), speed: z.number().optional() })
    .optional(),
  audio_setting: z.object({ sample_rate: z.number().optional() }).optional(),
  audio_config: z
    .object({ sample_rate: z.number().optional(), speech_rate: z.number().optional() })
    .optional(),
  speakers: z.array(z.object({ preset: z.string().optional() })).optional(),
})
type Options = z.infer<typeof optionsSchema>

function sampleRateOf(options: Options): number {
  const { sample_rate, output_format = "", audio_setting, audio_config } = options
  // As in "pcm_16000" or "mp3_44100_128".
  const named = /_(\d{4,5})\b/.exec(output_format.replace(/_(\d+)_\d+$/, "_$1"))?.[1]
  const wanted = sample_rate ?? audio_setting?.sample_rate ?? audio_config?.sample_rate ?? named
  const rate = Number(wanted ?? 16_000)
  return rate >= 8_000 && rate <= 48_000 ? Math.round(rate) : 16_000
}

function speedOf({ speed, voice_settings, voice_setting, audio_config }: Options): number {
  const percent = audio_config?.speech_rate
  const wanted =
    speed ??
    voice_settings?.speed ??
    voice_setting?.speed ??
    (percent === undefined ? 1 : 1 + percent / 100)
  return Math.min(Math.max(wanted, 0.25), 4)
}

/** How a request wants its text spoken; each maker has its own members for it. */
export function deliveryOf(body: Record<string, unknown>, modelId: string): Delivery {
  const options = optionsSchema.safeParse(body).data ?? {}
  const { voice, voice_setting, speakers } = options
  return {
    voice: voice ?? voice_setting?.voice_id ?? speakers?.[0]?.preset ?? modelId,
    speed: speedOf(options),
    sampleRate: sampleRateOf(options),
  }
}
