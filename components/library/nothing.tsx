import Link from "next/link"
import { Button } from "../ui/button"

/** What stands where no file does. */
export function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  return (
    <div className="flex flex-col items-center gap-4 py-16 text-center">
      <p role="status" className="text-ink-2">
        {isFiltered
          ? "No file fits."
          : "What you attach, and what models make for you, is kept here."}
      </p>
      {isFiltered ? (
        <Button onClick={onClear}>Show all files</Button>
      ) : (
        <Link href="/" className="text-accent hover:underline">
          Ask for a picture
        </Link>
      )}
    </div>
  )
}
