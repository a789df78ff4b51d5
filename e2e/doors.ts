import { newId } from "@/lib/base/id"

// Every route of app/api by method, and who gets what there.

export type Door = {
  method: "GET" | "POST" | "PATCH" | "DELETE"
  /** The file below app/api; `path` fills in what A owns. */
  file: string
  path: (owned: Owned) => string
  body?: (owned: Owned) => object
  /** What each stranger gets: nobody signed in, and a person B who owns nothing of it. */
  nobody: number
  stranger: number
  owner: number
  /** A browser may keep what it gets here: it never changes. */
  isKept?: true
  /** It goes on for as long as one listens: knocked at by a test of its own. */
  isEndless?: true
}
export type Owned = {
  conversation: string
  question: string
  answer: string
  file: string
  generation: string
}

export const turnBody = (message: object) => ({ message, models: ["openai/gpt-4o"] })
export const fresh = (parentId: string | null) => ({
  id: newId(),
  parentId,
  parts: [{ type: "text", text: "hi" }],
})

// The order matters where the owner changes things: what deletes comes last.
export const doors: Door[] = [
  {
    method: "GET",
    file: "health",
    path: () => "/api/health",
    nobody: 200,
    stranger: 200,
    owner: 200,
  },
  {
    method: "GET",
    file: "ready",
    path: () => "/api/ready",
    nobody: 200,
    stranger: 200,
    owner: 200,
  },
  {
    method: "GET",
    file: "auth/[...nextauth]",
    path: () => "/api/auth/session",
    nobody: 200,
    stranger: 200,
    owner: 200,
  },
  // Without its own token a sign-out changes nothing and leads to the form.
  {
    method: "POST",
    file: "auth/[...nextauth]",
    path: () => "/api/auth/signout",
    body: () => ({ json: "true" }),
    nobody: 200,
    stranger: 200,
    owner: 200,
  },
  {
    method: "POST",
    file: "sign-up",
    path: () => "/api/sign-up",
    body: () => ({}),
    nobody: 400,
    stranger: 400,
    owner: 400,
  },
  {
    method: "GET",
    file: "models",
    path: () => "/api/models",
    nobody: 401,
    stranger: 200,
    owner: 200,
    isKept: true,
  },
  {
    method: "GET",
    file: "models/form",
    path: () => "/api/models/form?model=gpt-4o",
    nobody: 401,
    stranger: 200,
    owner: 200,
  },
  {
    method: "GET",
    file: "models/maker",
    path: () => "/api/models/maker?kind=image",
    nobody: 401,
    stranger: 200,
    owner: 200,
  },
  {
    method: "GET",
    file: "conversations",
    path: () => "/api/conversations",
    nobody: 401,
    stranger: 200,
    owner: 200,
  },
  {
    method: "GET",
    file: "conversations/[id]",
    path: (a) => `/api/conversations/${a.conversation}`,
    nobody: 401,
    stranger: 404,
    owner: 200,
  },
  {
    method: "PATCH",
    file: "conversations/[id]",
    path: (a) => `/api/conversations/${a.conversation}`,
    body: () => ({ title: "Taken" }),
    nobody: 401,
    stranger: 404,
    owner: 200,
  },
  {
    method: "PATCH",
    file: "conversations/[id]",
    path: (a) => `/api/conversations/${a.conversation}`,
    body: (a) => ({ headId: a.question }),
    nobody: 401,
    stranger: 404,
    owner: 200,
  },
  {
    method: "PATCH",
    file: "conversations/[id]",
    path: (a) => `/api/conversations/${a.conversation}`,
    body: (a) => ({ picked: a.answer }),
    nobody: 401,
    stranger: 404,
    owner: 200,
  },
  {
    method: "GET",
    file: "conversations/[id]/messages",
    path: (a) => `/api/conversations/${a.conversation}/messages?end=${a.question}`,
    nobody: 401,
    stranger: 404,
    owner: 200,
  },
  {
    method: "GET",
    file: "conversations/[id]/turn",
    path: (a) => `/api/conversations/${a.conversation}/turn?message=${a.answer}&after=0.3`,
    nobody: 401,
    stranger: 404,
    owner: 204,
  },
  {
    method: "GET",
    file: "conversations/[id]/turn",
    path: (a) => `/api/conversations/${a.conversation}/turn`,
    nobody: 401,
    stranger: 404,
    owner: 204,
  },
  {
    method: "POST",
    file: "conversations/[id]/turn",
    path: (a) => `/api/conversations/${a.conversation}/turn`,
    body: (a) => turnBody(fresh(a.answer)),
    nobody: 401,
    stranger: 404,
    owner: 200,
  },
  {
    method: "POST",
    file: "conversations/[id]/turn",
    path: (a) => `/api/conversations/${a.conversation}/turn`,
    body: (a) => turnBody({ id: newId(), parentId: a.question, parts: [] }),
    nobody: 401,
    stranger: 404,
    owner: 200,
  },
  // A whole answer cannot be gone on with, not even by its owner.
  {
    method: "POST",
    file: "conversations/[id]/turn",
    path: (a) => `/api/conversations/${a.conversation}/turn`,
    body: (a) => ({
      ...turnBody({ id: newId(), parentId: a.question, parts: [] }),
      continues: a.answer,
    }),
    nobody: 401,
    stranger: 404,
    owner: 404,
  },
  {
    method: "DELETE",
    file: "conversations/[id]/turn",
    path: (a) => `/api/conversations/${a.conversation}/turn?message=${a.answer}`,
    nobody: 401,
    stranger: 404,
    owner: 204,
  },
  {
    method: "DELETE",
    file: "conversations/[id]/turn",
    path: (a) => `/api/conversations/${a.conversation}/turn`,
    nobody: 401,
    stranger: 404,
    owner: 204,
  },
  // No form, no file; e2e/files.spec.ts sends some.
  {
    method: "POST",
    file: "files",
    path: () => "/api/files",
    body: () => ({}),
    nobody: 401,
    stranger: 415,
    owner: 415,
  },
  // No form, no recording; e2e/voice.spec.ts sends some.
  {
    method: "POST",
    file: "transcriptions",
    path: () => "/api/transcriptions",
    body: () => ({}),
    nobody: 401,
    stranger: 415,
    owner: 415,
  },
  {
    method: "POST",
    file: "speech",
    path: () => "/api/speech",
    body: () => ({ text: "Good morning." }),
    nobody: 401,
    stranger: 200,
    owner: 200,
  },
  {
    method: "GET",
    file: "files",
    path: () => "/api/files",
    nobody: 401,
    stranger: 200,
    owner: 200,
  },
  {
    method: "GET",
    file: "files/[id]",
    path: (a) => `/api/files/${a.file}`,
    nobody: 401,
    stranger: 404,
    owner: 200,
  },
  {
    method: "GET",
    file: "files/[id]/content",
    path: (a) => `/api/files/${a.file}/content`,
    nobody: 401,
    stranger: 404,
    owner: 200,
    isKept: true,
  },
  // The small picture of a text: there is none, and JSON is no picture either.
  {
    method: "GET",
    file: "files/[id]/preview",
    path: (a) => `/api/files/${a.file}/preview`,
    nobody: 401,
    stranger: 404,
    owner: 404,
  },
  {
    method: "POST",
    file: "files/[id]/preview",
    path: (a) => `/api/files/${a.file}/preview`,
    body: () => ({}),
    nobody: 401,
    stranger: 404,
    owner: 400,
  },
  // What is made is made in e2e/generations.spec.ts; here it is only asked for badly.
  {
    method: "POST",
    file: "generations",
    path: () => "/api/generations",
    body: () => ({}),
    nobody: 401,
    stranger: 400,
    owner: 400,
  },
  {
    method: "GET",
    file: "generations",
    path: () => "/api/generations",
    nobody: 401,
    stranger: 200,
    owner: 200,
  },
  {
    method: "GET",
    file: "generations/[id]",
    path: (a) => `/api/generations/${a.generation}`,
    nobody: 401,
    stranger: 404,
    owner: 200,
  },
  {
    method: "DELETE",
    file: "generations/[id]",
    path: (a) => `/api/generations/${a.generation}`,
    nobody: 401,
    stranger: 404,
    owner: 204,
  },
  // All or none: one of them is nobody's. e2e/files.spec.ts deletes several.
  {
    method: "DELETE",
    file: "files",
    path: () => "/api/files",
    body: (a) => ({ ids: [a.file, newId()] }),
    nobody: 401,
    stranger: 404,
    owner: 404,
  },
  {
    method: "DELETE",
    file: "files/[id]",
    path: (a) => `/api/files/${a.file}`,
    nobody: 401,
    stranger: 404,
    owner: 204,
  },
  // For a platform's clock, which brings a secret; there is none here.
  {
    method: "GET",
    file: "cron",
    path: () => "/api/cron",
    nobody: 401,
    stranger: 401,
    owner: 401,
  },
  {
    method: "DELETE",
    file: "conversations/[id]",
    path: (a) => `/api/conversations/${a.conversation}`,
    nobody: 401,
    stranger: 404,
    owner: 204,
  },
  {
    method: "GET",
    file: "news",
    path: () => "/api/news",
    nobody: 401,
    stranger: 200,
    owner: 200,
    isEndless: true,
  },
  {
    method: "DELETE",
    file: "sessions",
    path: () => "/api/sessions",
    nobody: 401,
    // B would be signed out for the doors after this one; it is the last.
    stranger: 204,
    owner: 204,
  },
]
