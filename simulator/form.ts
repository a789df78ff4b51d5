/** A file that came in a form; it passes a schema as the object the vendor describes it as. */
export interface Upload {
  buffer: Buffer
  mimetype: string
  size: number
  originalname: string
  encoding: string
  fieldname: string
}

/** The members of a form as an object; a repeated one is a list. */
export async function formMembers(form: FormData): Promise<Record<string, unknown>> {
  const body: Record<string, unknown> = {}
  for (const name of new Set(form.keys())) {
    const values = await Promise.all(
      form.getAll(name).map(async (value) => {
        if (typeof value === "string") return formValue(value)
        const buffer = Buffer.from(await value.arrayBuffer())
        const upload: Upload = {
          buffer,
          mimetype: value.type,
          size: buffer.length,
          originalname: value.name,
          encoding: "7bit",
          fieldname: name,
        }
        return upload
      }),
    )
    body[name.replace(/\[\]$/, "")] =
      values.length === 1 && !name.endsWith("[]") ? values[0] : values
  }
  return body
}

// A form has only texts: numbers, booleans and objects come as JSON.
function formValue(text: string): unknown {
  if (!/^(true|false|null|-?\d+(\.\d+)?|[[{].*)$/s.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The same with a word in place of bytes, for the log. */
export function withoutBytes(body: Record<string, unknown>): Record<string, unknown> {
  const shorten = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shorten)
    if (typeof value !== "object" || value === null || !("buffer" in value)) return value
    return { ...value, buffer: "(bytes)" }
  }
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, shorten(value)]))
}
