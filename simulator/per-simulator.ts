import type { Simulator } from "./exchange"

/** State that a protocol keeps for each running simulator, made when it is first asked for. */
export function perSimulator<State>(create: () => State): (simulator: Simulator) => State {
  const states = new WeakMap<Simulator, State>()
  return (simulator) => {
    const state = states.get(simulator) ?? create()
    states.set(simulator, state)
    return state
  }
}

/** A map that forgets its oldest entries, so that a simulator may run for weeks. */
export class Recent<Entry> extends Map<string, Entry> {
  constructor(private readonly most = 5_000) {
    super()
  }

  override set(id: string, entry: Entry): this {
    super.set(id, entry)
    for (const oldest of this.keys()) {
      if (this.size <= this.most) break
      this.delete(oldest)
    }
    return this
  }
}
