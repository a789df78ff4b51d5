import { readFileSync } from "node:fs"

/** Linux reports process times in hundredths of a second, regardless of the kernel's own tick. */
const tickMs = 10
const sampleMs = 100

/** User and system time of a process in milliseconds; null without /proc. */
function cpuMs(pid: number): number | null {
  const stat = read(`/proc/${pid}/stat`)
  if (stat === null) return null
  // The name in parentheses may contain any character, so fields are counted from behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  return (Number(fields[11]) + Number(fields[12])) * tickMs
}

/** Resident memory of a process in MB; null without /proc. */
export function residentMb(pid: number): number | null {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? "")?.[1]
  return kilobytes === undefined ? null : Number(kilobytes) / 1_024
}

/** Measures a process's resource usage while `work` runs. */
export async function watchProcess<T>(pid: number, work: () => Promise<T>) {
  const [cpuBefore, before] = [cpuMs(pid), residentMb(pid)]
  let peak = before
  const timer = setInterval(() => {
    peak = Math.max(peak ?? 0, residentMb(pid) ?? 0)
  }, sampleMs)
  try {
    const result = await work()
    const cpu = cpuMs(pid)
    return {
      result,
      cpuMs: cpu === null || cpuBefore === null ? null : cpu - cpuBefore,
      beforeMb: before,
      peakMb: peak,
    }
  } finally {
    clearInterval(timer)
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return null
  }
}
