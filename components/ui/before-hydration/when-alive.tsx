import { type ReactNode, Suspense } from "react"
import { useHydrated } from "./hydrated"

/** What is loaded when it is needed and shown once it can be used; what stands there until then. */
export function WhenAlive({ meanwhile, children }: { meanwhile: ReactNode; children: ReactNode }) {
  const isAlive = useHydrated()
  return isAlive ? <Suspense fallback={meanwhile}>{children}</Suspense> : meanwhile
}
