/** What is said above the box: what keeps a question from being sent, and where a long text went. */
export function BoxNotes({
  problem,
  isAttached,
  isDropping,
}: {
  problem: string | null
  isAttached: boolean
  isDropping: boolean
}) {
  return (
    <>
      <div role="alert" className="px-3 pb-2 text-bad empty:hidden">
        {problem}
      </div>
      <div role="status" className="px-3 pb-2 text-ink-2 text-sm empty:hidden">
        {isAttached && "This text is long, so it is attached as a file."}
      </div>
      {isDropping && (
        <div className="pointer-events-none fixed inset-0 z-30 flex animate-open items-center justify-center bg-paper/85 text-ink-2 text-xl">
          Drop files to attach them
        </div>
      )}
    </>
  )
}
