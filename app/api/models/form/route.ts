import { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { modelIdSchema } from "@/lib/message/message"
import type { ModelForm } from "@/lib/models/fields"
import { route } from "@/lib/people/route"
import { aiml } from "@/lib/upstream/aiml"
import { catalogue } from "@/lib/upstream/catalogue"

const query = z.object({ model: modelIdSchema })

/** The inputs and settings of one model, derived from its own schema, and its prices. */
export const GET = route({ query }, async ({ query: { model: id } }) => {
  const place = await catalogue().whereIs(id)
  if (place.state === "retired" || !place.model) throw new AppError("not_found")
  const form = await aiml().form(place.model)
  const { prices } = place.model
  return { ...(form.isText && form.text ? withReadDocuments(form) : form), prices }
})

/** Chat models receive the extracted text of documents they do not accept as files. */
function withReadDocuments(form: ModelForm): ModelForm {
  if (form.files.some(({ kind }) => kind === "document")) return form
  const read = {
    ...{ name: "document", label: "Documents, as text", kind: "document" as const, alsoTakes: [] },
    ...{ isRequired: false, minFiles: 1, maxFiles: 10, isMain: true },
  }
  return { ...form, files: [...form.files, read] }
}
