import { ImageIcon } from "lucide-react"
import { useState } from "react"

type Stage = "waiting" | "shown" | "failed"

/** An image somewhere on the web: asking for it tells its host, so the reader decides. */
export function ImageView({ href, host, alt }: { href: string; host: string; alt: string }) {
  const [stage, setStage] = useState<Stage>("waiting")
  if (stage === "shown") {
    return (
      // biome-ignore lint/performance/noImgElement: an image of somebody else's, not one of our files
      <img
        className="md-image"
        src={href}
        alt={alt}
        referrerPolicy="no-referrer"
        onError={() => setStage("failed")}
      />
    )
  }
  return (
    <span className="md-image-note">
      <ImageIcon size={16} aria-hidden />
      <span className="md-image-alt">{alt || "Image"}</span>
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {host}
      </a>
      {stage === "failed" ? (
        <span role="status">It could not be loaded. Open the link to see it.</span>
      ) : (
        <button type="button" onClick={() => setStage("shown")}>
          Show image
        </button>
      )}
    </span>
  )
}
