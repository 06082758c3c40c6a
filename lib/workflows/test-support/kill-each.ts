import type { ChildProcess } from "node:child_process";
import { isDead, startWorker, until } from "./workers";

type Series<Subject> = {
  executor: string;
  /** Every how many boundaries. */
  stride: number;
  /** A run that waits for a process, and the id by which its boundaries are counted. */
  begin: () => Promise<{ subject: Subject; run: string }>;
  /** What people do while its process lives. */
  proceed?: (subject: Subject, doomed: ChildProcess) => Promise<void>;
  over: (subject: Subject) => Promise<boolean>;
};

const MOST = 80;

/**
 * Kills one process after the other, each at a later boundary of a run of its own. All have the same name, so each ends
 * what its predecessors left, and the first that gets through ends the rest. By boundary, what was killed there; and the
 * boundary that was not reached any more.
 */
export async function killEach<Subject>(
  series: Series<Subject>,
): Promise<{ killed: Map<number, Subject>; beyond: number }> {
  const { executor, stride, begin, proceed, over } = series;
  const killed = new Map<number, Subject>();
  for (let boundary = 1; boundary <= MOST; boundary += stride) {
    const { subject, run } = await begin();
    const doomed = await startWorker({ executor, crashAt: boundary, crashIn: run });
    const allOver = async () => (await Promise.all([...killed.values()].map(over))).every(Boolean);
    await until("what its predecessors left is over, or it died as well", async () => isDead(doomed) || allOver());
    await proceed?.(subject, doomed);
    const fate = await until("it died, or its run is over", async () =>
      isDead(doomed) ? "died" : (await over(subject)) ? "over" : null,
    );
    if (fate === "over") {
      await until("everything is over", allOver);
      return { killed, beyond: boundary };
    }
    killed.set(boundary, subject);
  }
  throw new Error(`A run passed more than ${MOST} boundaries`);
}
