import "server-only"
import { type LookupAddress, type LookupOptions, lookup } from "node:dns"
import { BlockList, isIP, type LookupFunction } from "node:net"
import { AppError } from "../base/errors"

// Special-purpose ranges that are not on the public internet (RFC 6890 and later).
const notPublic4 = blockList("ipv4", [
  ["0.0.0.0", 8], // this network
  ["10.0.0.0", 8],
  ["100.64.0.0", 10], // carrier-grade NAT
  ["127.0.0.0", 8],
  ["169.254.0.0", 16], // link-local, including cloud metadata
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24], // documentation
  ["192.88.99.0", 24], // 6to4 relays
  ["192.168.0.0", 16],
  ["198.18.0.0", 15], // benchmarks
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, broadcast
])
// The only IPv6 range allocated for global unicast. IPv4-mapped, translated and embedded addresses, loopback,
// link-local, private and multicast are all outside of it ...
const given6 = blockList("ipv6", [["2000::", 3]])
// ... except for these.
const notPublic6 = blockList("ipv6", [
  ["2001::", 23], // protocol assignments, including Teredo
  ["2001:db8::", 32], // documentation
  ["2002::", 16], // 6to4: embeds an IPv4 address
  ["3fff::", 20], // documentation
  ["5f00::", 16],
])

/** Whether a numeric address is on the public internet, rather than on this machine or a private network. */
export function isPublicAddress(address: string): boolean {
  const bare = address.split("%", 1)[0] ?? ""
  if (isIP(bare) === 4) return !notPublic4.check(bare, "ipv4")
  return isIP(bare) === 6 && given6.check(bare, "ipv6") && !notPublic6.check(bare, "ipv6")
}

/**
 * A `lookup` for Node sockets that rejects a host name if any of its addresses is not public. The socket connects
 * to the addresses checked here, so a second DNS answer cannot bypass the check.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) =>
  lookupChecked(lookup, hostname, options, callback)

type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** The same check with a custom resolver. */
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
