import "server-only"
import { type LookupAddress, type LookupOptions, lookup } from "node:dns"
import { BlockList, isIP, type LookupFunction } from "node:net"
import { AppError } from "../base/errors"

// What the registries of special addresses (RFC 6890 and later) keep from the public internet.
const notPublic4 = blockList("ipv4", [
  ["0.0.0.0", 8], // this network
  ["10.0.0.0", 8],
  ["100.64.0.0", 10], // carriers' own
  ["127.0.0.0", 8],
  ["169.254.0.0", 16], // link-local, and clouds' metadata
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24], // documentation
  ["192.88.99.0", 24], // relays of 6to4
  ["192.168.0.0", 16],
  ["198.18.0.0", 15], // benchmarks
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, broadcast
])
// Of version 6 only this part is given out to networks at all: what maps, translates or embeds addresses of
// version 4, loopback, link-local, private and multicast lie outside it ...
const given6 = blockList("ipv6", [["2000::", 3]])
// ... but for these.
const notPublic6 = blockList("ipv6", [
  ["2001::", 23], // protocols' own, Teredo among them
  ["2001:db8::", 32], // documentation
  ["2002::", 16], // 6to4: an address of version 4 inside
  ["3fff::", 20], // documentation
  ["5f00::", 16],
])

/** Whether an address in numbers belongs to the public internet, not to this machine or a network near it. */
export function isPublicAddress(address: string): boolean {
  const bare = address.split("%", 1)[0] ?? ""
  if (isIP(bare) === 4) return !notPublic4.check(bare, "ipv4")
  return isIP(bare) === 6 && given6.check(bare, "ipv6") && !notPublic6.check(bare, "ipv6")
}

/**
 * Finds addresses for a connection as Node does, and refuses a name of which any address is not public. The
 * connection goes to what was checked: nobody is asked a second time.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) =>
  lookupChecked(lookup, hostname, options, callback)

type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** The same over any resolver. */
export function lookupChecked(
  resolve: Resolve,
  hostname: string,
  options: LookupOptions,
  callback: Parameters<LookupFunction>[2],
): void {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error || !first) return callback(error ?? new AppError("file_lost"), "")
    if (!addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(new AppError("file_refused", { cause: `${hostname} is not public` }), "")
    }
    if (options.all) return callback(null, addresses)
    callback(null, first.address, first.family)
  })
}

function blockList(family: "ipv4" | "ipv6", subnets: [network: string, bits: number][]): BlockList {
  const list = new BlockList()
  for (const [network, bits] of subnets) list.addSubnet(network, bits, family)
  return list
}
