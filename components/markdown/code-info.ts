const extensions: Record<string, string> = {
  bash: "sh",
  "c++": "cpp",
  csharp: "cs",
  "c#": "cs",
  golang: "go",
  javascript: "js",
  kotlin: "kt",
  markdown: "md",
  objectivec: "m",
  perl: "pl",
  plaintext: "txt",
  powershell: "ps1",
  python: "py",
  ruby: "rb",
  rust: "rs",
  shell: "sh",
  text: "txt",
  typescript: "ts",
  yaml: "yml",
  zsh: "sh",
}

const wholeNames: Record<string, string> = { dockerfile: "Dockerfile", makefile: "Makefile" }

/** What the line after a code fence says: the language, and a file name to save the code under. */
export function codeInfo(info: string): { language: string; fileName: string } {
  const [first = "", ...rest] = info.trim().split(/\s+/)
  const word = first.replace(/^\{?\.?/, "").replace(/[{:,}].*$/, "")
  const language = word.toLowerCase().slice(0, 40)
  const named = namedFile(rest.join(" ")) ?? namedFile(first)
  return { language, fileName: named ?? fileNameFor(language) }
}

function namedFile(text: string): string | null {
  const name = /(?:^|[\s:="'/])([\w-][\w.-]{0,60}\.[A-Za-z]\w{0,9})["'}]?(?:\s|$)/.exec(text)?.[1]
  return name ?? null
}

function fileNameFor(language: string): string {
  const whole = wholeNames[language]
  if (whole) return whole
  const extension = extensions[language] ?? (/^[a-z\d]{1,6}$/.test(language) ? language : "txt")
  return `code.${extension}`
}
