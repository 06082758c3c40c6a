import { readFileSync } from "node:fs";

/** Milliseconds until the first byte of the answer, and until its last. */
export async function bytes(
  address: string,
  headers: Record<string, string> = {},
): Promise<{ first: number; last: number }> {
  const begun = performance.now();
  const answer = await fetch(address, { headers, redirect: "manual" });
  const reader = answer.body?.getReader();
  await reader?.read();
  const first = performance.now() - begun;
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) break;
  }
  if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`);
  return { first, last: performance.now() - begun };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle - 0.5)] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** One line: both medians, their ratio, and whether it keeps within the limit. Sets the exit code. */
export function report(name: string, ours: readonly number[], peer: readonly number[], limit: number): void {
  const [a, b] = [median(ours), median(peer)];
  const ratio = a / b;
  const verdict = ratio <= limit ? "within" : "OVER";
  process.stdout.write(
    `${name}: ${a.toFixed(1)} ms against ${b.toFixed(1)} ms, ratio ${ratio.toFixed(2)}, ${verdict} the limit of ${limit}\n`,
  );
  if (ratio > limit) process.exitCode = 1;
}

/** Processor time in milliseconds that a process has used; 0 where the system does not tell. */
export function processorTime(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    // utime and stime, in hundredths of a second.
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}
