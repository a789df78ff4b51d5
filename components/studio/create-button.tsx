import type { Estimate } from "@/lib/models/price"
import { priceTitle, priceWords } from "../model-form/price-words"
import { Button } from "../ui/button"

/** The one thing to do here, with what it will cost, and what stands in its way. */
export function CreateButton({
  isSending,
  isAble,
  estimate,
  problem,
}: {
  isSending: boolean
  isAble: boolean
  estimate: Estimate | null
  problem: string | null
}) {
  return (
    <div className="flex shrink-0 flex-col gap-3 px-1 pt-1">
      <p role="alert" className="text-bad empty:hidden">
        {problem}
      </p>
      <Button
        type="submit"
        look="primary"
        disabled={!isAble}
        aria-busy={isSending}
        title={estimate ? priceTitle(estimate) : undefined}
        className="h-10 w-full"
      >
        <span>
          Create
          {estimate && (
            <span className="font-normal tabular-nums opacity-85"> · {priceWords(estimate)}</span>
          )}
        </span>
      </Button>
    </div>
  )
}
