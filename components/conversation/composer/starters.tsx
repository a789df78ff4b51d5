import type { ModelKind } from "@/lib/models/model"

/** A beginning: what it writes, which kind of model does it, and whether a file goes along. */
export type Starter = { label: string; text: string; kind: ModelKind; needsFile: boolean }

// The use cases that the vendor's documentation tells of.
const starters: readonly Starter[] = [
  {
    label: "Illustrate an article",
    text: "Write a short article about lighthouses for children, and make a picture for it.",
    kind: "text",
    needsFile: false,
  },
  {
    label: "An animated encyclopaedia page",
    text: "Write an encyclopaedia page about the octopus, and make a video of one that swims.",
    kind: "text",
    needsFile: false,
  },
  {
    label: "Ask a document",
    text: "Summarise this document in five points. I will ask you about it then.",
    kind: "text",
    needsFile: true,
  },
  { label: "A 3D shape from a picture", text: "", kind: "shape", needsFile: true },
  {
    label: "A looping GIF for a banner",
    text: "A paper lantern swings gently in the wind, a seamless loop before a plain wall",
    kind: "video",
    needsFile: false,
  },
  {
    label: "Describe a picture aloud",
    text: "Describe this photograph for somebody who cannot see it, and make speech of the description.",
    kind: "text",
    needsFile: true,
  },
  {
    label: "Summarise a website",
    text: "Read this page and summarise it in five points: https://",
    kind: "text",
    needsFile: false,
  },
  {
    label: "Answers from my own texts",
    text: "Do a file search in my texts and say which file it is from: what do they say about ",
    kind: "text",
    needsFile: true,
  },
]

/** Beginnings under an empty composer; choosing one writes it there, to be changed or sent. */
export function Starters({ onChoose }: { onChoose: (starter: Starter) => void }) {
  return (
    <ul aria-label="Ideas" className="mt-4 flex flex-wrap justify-center gap-2">
      {starters.map((starter) => (
        <li key={starter.label}>
          <button
            type="button"
            onClick={() => onChoose(starter)}
            className="rounded-md border border-line px-3 py-1.5 text-start text-ink-2 text-sm transition-colors hover:bg-hover hover:text-ink coarse:py-3"
          >
            {starter.label}
          </button>
        </li>
      ))}
    </ul>
  )
}
