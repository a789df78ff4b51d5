import * as catalogue from "./catalogue"
import type { Endpoint } from "./endpoint"
import * as ledger from "./ledger"
import * as search from "./search"

/** Every address of the upstream that is no model's, by what it serves. */
export const services = { catalogue, ledger, search } as const

/** The endpoint of a path such as `/v1/keys/{prefix}`, regardless of parameter names. */
export function endpointAt(method: string, path: string): Endpoint<unknown> | undefined {
  const bare = (text: string) => text.replace(/\{\w+\}/g, "{}")
  return Object.values(services)
    .flatMap((service): (Endpoint<unknown> | object)[] => Object.values(service))
    .filter((entry): entry is Endpoint<unknown> => "method" in entry && "read" in entry)
    .find((endpoint) => endpoint.method === method && bare(endpoint.path) === bare(path))
}
