/** The site of an address as people call it; the address itself where it is none. */
export function siteOf(address: string): string {
  return URL.parse(address)?.host.replace(/^www\./, "") || address
}
