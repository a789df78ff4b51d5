/** The statuses the upstream documents, each with the words it documents for them. */
export const documentedMessages: Record<number, string> = {
  400: "Body validation error!",
  401: "This request requires a valid API key. You can create a new API key on the Billing page: https://aimlapi.com/app/keys",
  403: "You've run out of credits. Please top up your balance or update your payment method to continue: https://aimlapi.com/app/billing/",
  404: "Not Found",
  413: "Payload Too Large",
  429: "Too Many Requests",
  500: "Internal server error",
  502: "Bad Gateway",
  503: "Service unavailable",
  504: "Generation timeout",
}

export interface Envelope {
  message: string
  path: string
  requestId: string
  statusCode: number
  timestamp: string
}

/** The flat error body of every route of the upstream; there is no `error` member. */
export function envelope(
  path: string,
  requestId: string,
  statusCode: number,
  message = documentedMessages[statusCode] ?? "Unknown error",
): Envelope {
  return { message, path, requestId, statusCode, timestamp: new Date().toISOString() }
}
