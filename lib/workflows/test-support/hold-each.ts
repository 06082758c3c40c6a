import { heldIn, isDead, kill, startWorker, until } from "./workers";

type Series<Subject> = {
  executor: string;
  /** One run each, which stands still there. More than a run has, so that it is known that there are no others. */
  boundaries: readonly number[];
  /** A run that waits for a process, and how its id begins: whole where it is known. */
  begin: () => Promise<{ subject: Subject; run: string }>;
  /** What people do while its process lives; `held`: it got no further. */
  proceed?: (subject: Subject, held: () => boolean) => Promise<void>;
  over: (subject: Subject) => Promise<boolean>;
};

export type Held<Subject> = {
  subjects: Subject[];
  /** How many stood at a boundary when their process was killed; the others had got through. */
  killed: number;
  /** For the message of a failure. */
  at: (subject: Subject) => string;
};

/**
 * A step passes four boundaries, a wait or a write of a stream two: between the fourth of a step and the second of the next
 * nothing changes in the database. So every other boundary stands for each state there is; KILL_STRIDE=1 takes them all.
 */
const STRIDE = Number(process.env.KILL_STRIDE ?? "2");

/** The boundaries to `most` that are tried; `every`: each state, each second, each third. */
export const upTo = (most: number, every = 1): number[] => {
  const stride = STRIDE === 1 ? 1 : STRIDE * every;
  return Array.from({ length: Math.ceil(most / stride) }, (_, index) => 1 + index * stride);
};

/**
 * One run per boundary, all in one process: each stands still at its own, and when all do the process is killed with
 * SIGKILL. So every boundary is a kill, for the price of one process.
 */
export async function killHeld<Subject>(series: Series<Subject>): Promise<Held<Subject>> {
  const { executor, boundaries, begin, proceed, over } = series;
  const [subjects, crashAt]: [Subject[], Record<string, number[]>] = [[], {}];
  const runs = new Map<Subject, string>();
  for (const boundary of boundaries) {
    const { subject, run } = await begin();
    subjects.push(subject);
    runs.set(subject, run);
    crashAt[run] = [...(crashAt[run] ?? []), boundary];
  }
  const doomed = await startWorker({ executor, crashAt, crashWith: "HOLD" });
  const held = heldIn(doomed);
  const isHeld = (subject: Subject) => held.has(runs.get(subject) ?? "");
  await Promise.all(subjects.map((subject) => proceed?.(subject, () => isHeld(subject))));
  const known = new Set(runs.values());
  await until("each run stands at its boundary, or is over", async () => {
    if (isDead(doomed)) throw new Error("The process died before it was killed");
    const done = await Promise.all(subjects.map(async (subject) => isHeld(subject) || over(subject)));
    const others = [...held].filter((id) => !known.has(id)).length;
    return done.filter(Boolean).length + others >= subjects.length;
  });
  await kill(doomed);
  const at = (subject: Subject) => `held at boundary ${crashAt[runs.get(subject) ?? ""]}`;
  return { subjects, killed: held.size, at };
}

/** The next process, of the same name or another, ends what the killed one left. */
export async function endAll<Subject>(
  { subjects }: Held<Subject>,
  executor: string,
  over: (subject: Subject) => Promise<boolean>,
): Promise<void> {
  const heir = await startWorker({ executor });
  await until("everything is over", async () => (await Promise.all(subjects.map(over))).every(Boolean));
  await kill(heir);
}
