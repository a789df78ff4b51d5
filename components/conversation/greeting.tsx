import { useHydrated } from "../ui/before-hydration/hydrated"

/** The empty page: a greeting by time of day. */
export function Greeting({ name }: { name: string }) {
  // The server does not know the reader's clock; the words come with the same height either way.
  const isHydrated = useHydrated()
  return (
    <div className="flex grow flex-col justify-end px-6 pb-6 text-center">
      <h1 className="font-medium text-3xl tracking-tight">
        {isHydrated ? greeting(new Date().getHours()) : "Hello"}, <bdi>{name.split(" ")[0]}</bdi>
      </h1>
    </div>
  )
}

function greeting(hour: number): string {
  if (hour < 5) return "Still up"
  if (hour < 12) return "Good morning"
  return hour < 18 ? "Good afternoon" : "Good evening"
}
