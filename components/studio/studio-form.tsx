"use client"

import { FormFields } from "../model-form/form-fields"
import { ModelButton } from "../models/model-button"
import { Button } from "../ui/button"
import { CreateButton } from "./create-button"
import { FilePlaces } from "./file-places"
import { PromptBox } from "./prompt-box"
import { type StudioFormProps, useStudioForm } from "./use-studio-form"

/** Everything that a model of a kind can be given, drawn from its own schema, and the button that has it made. */
export function StudioForm(props: StudioFormProps) {
  const { userId, kind } = props
  const { model, draft, attachments, form, formError, params, problem, edition, ...studio } =
    useStudioForm(props)
  const changed = Object.keys(params).length
  return (
    <form
      aria-label="What to create"
      onSubmit={(event) => {
        event.preventDefault()
        void studio.create()
      }}
      className="-mx-1 flex min-w-0 flex-col @3xl:sticky @3xl:top-4 @3xl:max-h-[calc(100dvh-11rem)]"
    >
      <div className="flex flex-col gap-5 px-1 pb-5 @3xl:overflow-y-auto">
        <div className="flex items-center gap-2">
          <span className="grow font-medium" aria-hidden>
            Model
          </span>
          <ModelButton model={model} only={kind} onChoose={studio.choose} />
        </div>
        <PromptBox
          draft={draft}
          text={form ? form.text : undefined}
          onEnter={() => void studio.create()}
        />
        {form && form.files.length > 0 && model && (
          <FilePlaces
            slots={form.files}
            attachments={attachments}
            modelId={model.id}
            userId={userId}
            onChange={studio.clearProblem}
          />
        )}
        {!form && formError && (
          <div role="alert" className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-bad">{formError}</p>
            <Button onClick={studio.retry}>Try again</Button>
          </div>
        )}
        {form && (
          <FormFields
            key={`${model?.id} ${edition} ${problem?.field}`}
            form={{ ...form, files: [] }}
            params={params}
            onSet={studio.set}
            focusField={problem?.field ?? null}
          />
        )}
        {changed > 0 && (
          <button
            type="button"
            onClick={studio.reset}
            className="self-start rounded-md text-accent hover:underline coarse:min-h-11"
          >
            Reset all settings
          </button>
        )}
      </div>
      <CreateButton
        isSending={studio.isSending}
        isAble={model !== null}
        estimate={studio.estimate}
        problem={problem?.words ?? null}
      />
    </form>
  )
}
