"use client"

import { useEffect, useRef, useState } from "react"
import { AppError } from "@/lib/base/errors"
import type { Params } from "@/lib/base/json"
import type { Generation } from "@/lib/db/generations"
import type { FilePart } from "@/lib/message/message"
import type { ChosenModel } from "@/lib/models/model"
import { requestJson } from "../api"
import { useAttachments } from "../files/use-attachments"
import { isObject } from "../model-form/check"
import { FormFields } from "../model-form/form-fields"
import { useModelForm } from "../model-form/forms"
import { useParams, useSlotChoices } from "../model-form/params"
import { prepare } from "../model-form/prepare"
import { paramsKey, remember } from "../model-form/remembered"
import { useEstimate } from "../model-form/use-estimate"
import { ModelButton } from "../models/model-button"
import { Button } from "../ui/button"
import { CreateButton } from "./create-button"
import { FilePlaces } from "./file-places"
import type { StudioKind } from "./kinds"
import { PromptBox } from "./prompt-box"
import { useDraft } from "./use-draft"

/** Everything that a model of a kind can be given, drawn from its own schema, and the button that has it made. */
export function StudioForm({
  userId,
  kind,
  initialModel,
  reused,
  modelNames,
  onMade,
}: {
  userId: string
  kind: StudioKind
  initialModel: ChosenModel | null
  /** What is to be made again, or nearly so. */
  reused: Generation | null
  modelNames: Record<string, string>
  onMade: (generation: Generation, model: ChosenModel) => void
}) {
  const draftKey = `studio:${userId}:${kind}`
  const [model, setModel] = useState(initialModel)
  const draft = useDraft(draftKey)
  const attachments = useAttachments(draftKey)
  const { form, error: formError, retry } = useModelForm(model?.id ?? null)
  const { params, set, resetAll } = useParams(userId, model?.id ?? "")
  const [, chooseSlot] = useSlotChoices(userId)
  const [problem, setProblem] = useState<{ words: string; field: string | null } | null>(null)
  const [isSending, setSending] = useState(false)
  // Editors that keep what is typed begin anew when their values come from elsewhere.
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
      onMade(await post(model.id, text, files, prepared.params), model)
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

  const changed = Object.keys(params).length
  return (
    <form
      aria-label="What to create"
      onSubmit={(event) => {
        event.preventDefault()
        void create()
      }}
      className="-mx-1 flex min-w-0 flex-col @3xl:sticky @3xl:top-4 @3xl:max-h-[calc(100dvh-11rem)]"
    >
      <div className="flex flex-col gap-5 px-1 pb-5 @3xl:overflow-y-auto">
        <div className="flex items-center gap-2">
          <span className="grow font-medium" aria-hidden>
            Model
          </span>
          <ModelButton
            model={model}
            only={kind}
            onChoose={(chosen) => {
              setProblem(null)
              setModel(chosen)
            }}
          />
        </div>
        <PromptBox
          draft={draft}
          text={form ? form.text : undefined}
          onEnter={() => void create()}
        />
        {form && form.files.length > 0 && model && (
          <FilePlaces
            slots={form.files}
            attachments={attachments}
            modelId={model.id}
            userId={userId}
            onChange={() => setProblem(null)}
          />
        )}
        {!form && formError && (
          <div role="alert" className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-bad">{formError}</p>
            <Button onClick={retry}>Try again</Button>
          </div>
        )}
        {form && (
          <FormFields
            key={`${model?.id} ${edition} ${problem?.field}`}
            form={{ ...form, files: [] }}
            params={params}
            onSet={set}
            focusField={problem?.field ?? null}
          />
        )}
        {changed > 0 && (
          <button
            type="button"
            onClick={() => {
              resetAll()
              setEdition((edition) => edition + 1)
            }}
            className="self-start rounded-md text-accent hover:underline coarse:min-h-11"
          >
            Reset all settings
          </button>
        )}
      </div>
      <CreateButton
        isSending={isSending}
        isAble={model !== null}
        estimate={estimate}
        problem={problem?.words ?? null}
      />
    </form>
  )
}

async function post(
  model: string,
  text: string,
  files: readonly FilePart[],
  { $slots, ...params }: Params,
): Promise<Generation> {
  const slotOf = (fileId: string) => {
    const slot = isObject($slots) ? $slots[fileId] : undefined
    return typeof slot === "string" ? { slot } : {}
  }
  const refs = files.map(({ fileId }) => ({ fileId, ...slotOf(fileId) }))
  const body = { model, inputs: { text, files: refs }, params }
  return requestJson<Generation>("/api/generations", { method: "POST", body })
}

/** A file that went in, as it is attached; null when it is gone. */
async function readFile(fileId: string): Promise<FilePart | null> {
  try {
    const { id, ...facts } = await requestJson<Omit<FilePart, "type" | "fileId"> & { id: string }>(
      `/api/files/${fileId}`,
    )
    return { type: "file", fileId: id, ...facts }
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null
    throw error
  }
}
