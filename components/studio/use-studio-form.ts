import { useEffect, useRef, useState } from "react"
import { AppError } from "@/lib/base/errors"
import type { Generation } from "@/lib/db/generations"
import type { ChosenModel } from "@/lib/models/model"
import { useAttachments } from "../files/use-attachments"
import { useModelForm } from "../model-form/forms"
import { useParams, useSlotChoices } from "../model-form/params"
import { prepare } from "../model-form/prepare"
import { paramsKey, remember } from "../model-form/remembered"
import { useEstimate } from "../model-form/use-estimate"
import type { StudioKind } from "./kinds"
import { readFile, startGeneration } from "./requests"
import { useDraft } from "./use-draft"

export type StudioFormProps = {
  userId: string
  kind: StudioKind
  initialModel: ChosenModel | null
  /** What is to be made again, or nearly so. */
  reused: Generation | null
  modelNames: Record<string, string>
  onMade: (generation: Generation, model: ChosenModel) => void
}

/** What is asked for in the studio: a model, text, files and settings, and having it made. */
export function useStudioForm({
  userId,
  kind,
  initialModel,
  reused,
  modelNames,
  onMade,
}: StudioFormProps) {
  const draftKey = `studio:${userId}:${kind}`
  const [model, setModel] = useState(initialModel)
  const draft = useDraft(draftKey)
  const attachments = useAttachments(draftKey)
  const { form, error: formError, retry } = useModelForm(model?.id ?? null)
  const { params, set, resetAll } = useParams(userId, model?.id ?? "")
  const [, chooseSlot] = useSlotChoices(userId)
  const [problem, setProblem] = useState<{ words: string; field: string | null } | null>(null)
  const [isSending, setSending] = useState(false)
  const [edition, setEdition] = useState(0)
  const files = attachments.items.flatMap(({ part }) => part ?? [])
  // What another model was told stays in its box, and is not sent.
  const text = form?.text === null ? "" : draft.text
  const estimate = useEstimate({
    ...{ userId, text, files },
    modelIds: model ? [model.id] : [],
  })

  async function create() {
    if (!model || isSending) return
    setProblem(null)
    if (attachments.items.some(({ state }) => state !== "ready")) {
      return setProblem({
        words: "A file is not there yet. Wait for it, or remove it.",
        field: null,
      })
    }
    setSending(true)
    try {
      const prepared = await prepare({ userId, modelId: model.id, text, files })
      if ("obstacle" in prepared) {
        return setProblem({ words: prepared.obstacle, field: prepared.field })
      }
      onMade(await startGeneration(model.id, text, files, prepared.params), model)
    } catch (error) {
      const words = error instanceof AppError ? error.message : "That did not work. Try again."
      setProblem({ words, field: null })
    } finally {
      setSending(false)
    }
  }

  async function reuse({ model: id, prompt, params: used, inputs }: Generation) {
    const { $slots: _inInputs, ...params } = used
    setProblem(null)
    setModel({ id, name: modelNames[id] ?? id, kind })
    remember(paramsKey(userId, id), params)
    setEdition((edition) => edition + 1)
    draft.write(prompt)
    for (const { fileId, slot } of inputs) if (slot !== undefined) chooseSlot(fileId, slot)
    const parts = await Promise.all(inputs.map(({ fileId }) => readFile(fileId)))
    attachments.replace(parts.filter((part) => part !== null))
    if (parts.includes(null)) {
      setProblem({ words: "A file that went in is gone. Attach another.", field: null })
    }
    draft.box.current?.focus()
  }
  const latestReuse = useRef(reuse)
  latestReuse.current = reuse
  useEffect(() => {
    if (!reused) return
    latestReuse.current(reused).catch(() => {
      setProblem({ words: "The files that went in could not be read. Try again.", field: null })
    })
  }, [reused])

  return {
    ...{
      model,
      draft,
      attachments,
      form,
      formError,
      retry,
      params,
      set,
      estimate,
      problem,
      isSending,
    },
    /** Editors that keep what is typed are made again under a new number. */
    edition,
    create,
    choose(chosen: ChosenModel) {
      setProblem(null)
      setModel(chosen)
    },
    clearProblem: () => setProblem(null),
    reset() {
      resetAll()
      setEdition((edition) => edition + 1)
    },
  }
}
