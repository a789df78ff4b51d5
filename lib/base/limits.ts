/** Limits shown by the forms and enforced by the routes. SECURITY.md gives the reasons. */
export const limits = {
  /** Characters in one question; longer text should be attached as a file. */
  messageChars: 200_000,
  /**
   * Characters and lines a text box accepts, because the browser lays out all of them on every keystroke. Longer
   * pastes become a file.
   */
  boxChars: 40_000,
  boxLines: 2_000,
  /** Bytes of a JSON body: one message of maximum length in four-byte characters, plus its envelope. */
  bodyBytes: 1_000_000,
  /** Characters in one answer, to bound runaway output. */
  answerChars: 400_000,
  /** Graphemes in a title. */
  titleGraphemes: 80,
  nameChars: 100,
  fileNameChars: 200,
  /** Bytes of one uploaded or generated file. */
  fileBytes: 100_000_000,
  /**
   * Total bytes of all files in one media request: one file of the maximum size, or several that add up to it. They
   * are streamed, so they cost time rather than memory.
   */
  inputBytes: 100_000_000,
  /**
   * Total bytes of all files sent to a chat or guard model at once. These are held in memory, up to four copies
   * while the request is encoded.
   */
  attachedBytes: 40_000_000,
  /** Total bytes and number of the files one person may keep. */
  filesBytesPerUser: 5_000_000_000,
  filesPerUser: 10_000,
  /** Files deleted per request. */
  filesDeleted: 200,
  /** Files per page of the library. */
  filesPerPage: 60,
  /** Minutes of one browser recording, and bytes of a recording to transcribe. */
  recordingMinutes: 10,
  dictationBytes: 25_000_000,
  /** Transcriptions per person within `attemptWindowMinutes`. */
  dictationsPerUser: 200,
  /** Characters read aloud per request, and bytes of the resulting audio. */
  speechChars: 600,
  speechBytes: 20_000_000,
  /** Read-aloud requests per person in the same window: more than anyone can listen to. */
  speechesPerUser: 3_000,
  /** Bytes of a file's preview image, and pixels of its longer side. */
  previewBytes: 80_000,
  previewPixels: 480,
  /** Pixels of an uploaded image: a browser decodes each into four bytes. */
  imagePixels: 50_000_000,
  emailChars: 254,
  passwordMinChars: 8,
  passwordMaxChars: 256,
  /** Wrong passwords per account within `attemptWindowMinutes`. */
  signInsPerAccount: 10,
  /** Wrong passwords per network (an IPv4 address or an IPv6 /64) in the same window. */
  signInsPerNetwork: 200,
  /** New accounts per network in the same window. */
  signUpsPerNetwork: 500,
  attemptWindowMinutes: 15,
  sessionDays: 30,
  /** Concurrent answers per person. */
  runsPerUser: 8,
  /** Concurrent media generations per person. */
  generationsPerUser: 60,
  generationsPerPage: 30,
  /** Models that may answer one question side by side. */
  modelsCompared: 4,
  conversationsPerPage: 50,
  /** Messages loaded when a conversation opens: a few screens. */
  messagesAtFirst: 14,
  /** Messages loaded per page when scrolling up. */
  messagesPerPage: 40,
  /** Largest page a client may request, used when searching the whole conversation. */
  messagesPerPageMax: 200,
} as const
