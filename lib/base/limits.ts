/** Caps that the form shows and the door enforces. The reasons stand in SECURITY.md. */
export const limits = {
  /** Characters of one question; more belongs into a file. */
  messageChars: 200_000,
  /**
   * Characters and lines that a box to write in takes: a browser lays all of them out at each key. What is
   * longer becomes a file.
   */
  boxChars: 40_000,
  boxLines: 2_000,
  /** Bytes of a JSON body: a message of the full length in four-byte characters, and its frame. */
  bodyBytes: 1_000_000,
  /** Characters of one answer, so that a flood ends somewhere. */
  answerChars: 400_000,
  /** Graphemes of a title. */
  titleGraphemes: 80,
  nameChars: 100,
  fileNameChars: 200,
  /** Bytes of one uploaded or generated file. */
  fileBytes: 100_000_000,
  /**
   * Bytes of all files of one request to a model that makes something: one of the largest, or several that
   * are as much together. They are read while they are sent and so cost time, not memory.
   */
  inputBytes: 100_000_000,
  /**
   * Bytes of all files that a conversation's model, or a guard, is told at once. Those lie in memory, some
   * four times over while they are put into words.
   */
  attachedBytes: 40_000_000,
  /** Bytes and count of everything one person keeps. */
  filesBytesPerUser: 5_000_000_000,
  filesPerUser: 10_000,
  /** Files that are deleted at once. */
  filesDeleted: 200,
  /** Files that the library lists at a time. */
  filesPerPage: 60,
  /** Minutes of one recording in the browser, and bytes of one that is to be written down. */
  recordingMinutes: 10,
  dictationBytes: 25_000_000,
  /** Recordings of one person that are written down in `attemptWindowMinutes`. */
  dictationsPerUser: 200,
  /** Characters that are read aloud at a time, and bytes of what is heard then. */
  speechChars: 600,
  speechBytes: 20_000_000,
  /** Such pieces for one person in the same window: more than one can listen to. */
  speechesPerUser: 3_000,
  /** Bytes of the small picture of a file, and pixels of its longer side. */
  previewBytes: 80_000,
  previewPixels: 480,
  /** Pixels of an uploaded picture: a browser unpacks each into four bytes. */
  imagePixels: 50_000_000,
  emailChars: 254,
  passwordMinChars: 8,
  passwordMaxChars: 256,
  /** Wrong passwords for one account in `attemptWindowMinutes`. */
  signInsPerAccount: 10,
  /** Wrong passwords from one network (an IPv4 address, an IPv6 /64) in the same window. */
  signInsPerNetwork: 200,
  /** New accounts from one network in the same window. */
  signUpsPerNetwork: 500,
  attemptWindowMinutes: 15,
  sessionDays: 30,
  /** Answers of one person that may run at the same time. */
  runsPerUser: 8,
  /** Things of one person that are being made at the same time. */
  generationsPerUser: 60,
  generationsPerPage: 30,
  /** Models that may answer one question side by side. */
  modelsCompared: 4,
  conversationsPerPage: 50,
  /** Messages that a conversation opens with: a few screens. */
  messagesAtFirst: 14,
  /** Messages that come at a time when one scrolls up. */
  messagesPerPage: 40,
  /** Messages asked for at once by somebody who looks for words in all of them. */
  messagesPerPageMax: 200,
} as const
