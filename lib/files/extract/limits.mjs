/** What reading one file may take; the reasons stand in SECURITY.md. */
export const limits = {
  /** Entries of an archive, and bytes of all that are unpacked. */
  entries: 1_000,
  unpackedBytes: 50_000_000,
  pages: 2_000,
  /** Characters of text; what comes after them is left out. */
  chars: 2_000_000,
  /** Memory of the process, of which about 80 MB are its own. */
  residentBytes: 300_000_000,
  /** Longer than its parent waits. */
  guardMs: 20_000,
}
