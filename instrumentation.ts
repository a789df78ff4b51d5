/** Called once by Next.js when a server process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return
  const { startProcess } = await import("./lib/jobs/process")
  await startProcess()
}
