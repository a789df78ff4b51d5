/** Limits for extracting one file; SECURITY.md gives the reasons. */
export const limits = {
  /** Entries of an archive, and total bytes decompressed. */
  entries: 1_000,
  unpackedBytes: 50_000_000,
  pages: 2_000,
  /** Characters of text; the rest is cut. */
  chars: 2_000_000,
  /** Memory of the process, of which it needs about 80 MB itself. */
  residentBytes: 300_000_000,
  /** Longer than the parent's timeout. */
  guardMs: 20_000,
}
