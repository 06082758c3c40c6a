import { parseDate } from "@internationalized/date";
import { Exact } from "@/lib/money";
import { type MoveKind, type StageStatus, SUBSTAGE_NAMES, type Substage } from "../schema/run";

/** One turn of growth, one preparation, one sale: the durable runs below the stage. */
export type Child = {
  of: Substage;
  id: string;
  ordinal: number;
  /** running, paused; anything else is how it ended. */
  status: string;
  by: string;
  reason: string | null;
};

/** An approval that was asked of the chairman, and where it stands. */
export type Asked = { memoId: string; title: string; status: string; by: string };

export type StageFacts = {
  status: StageStatus;
  /** The venture was put away: nothing moves until it is back. */
  archived: boolean;
  /** The life in stage 40; null while the run waits at the entry gate. */
  record: { open: readonly string[]; outcome: string | null } | null;
  /** A later life in stage 40 has begun. */
  superseded: boolean;
  entryHolds: boolean;
  exitHolds: boolean;
  children: readonly Child[];
  approvals: readonly Asked[];
  /** The criteria as they hold now and as they were last noted, one text each. */
  criteria: { now: string; noted: string | null };
  /** Why preparation should begin, and the occasion; null where nothing favours it or it runs already. */
  favours: { cause: string; why: string } | null;
  certified: boolean;
  /** The causes that were dealt with. */
  done: ReadonlySet<string>;
};

export type Note = { kind: MoveKind; cause: string; text: string; by: string; memoId?: string };

export type StageMove =
  | { kind: "end" }
  | { kind: "wait"; seconds: number }
  /** The gate holds: the stage opens. */
  | { kind: "open" }
  /** Growth management begins. */
  | { kind: "grow" }
  | { kind: "note"; note: Note }
  | { kind: "criteria" }
  | { kind: "prepare"; cause: string; why: string }
  | { kind: "certify" }
  | { kind: "exit" }
  /** The stage was ended from elsewhere. */
  | { kind: "stop"; outcome: string };

/** Messages wake the run; should one be lost, it looks by itself. */
const LOOK_AGAIN_SECONDS = 86_400;
const WAIT: StageMove = { kind: "wait", seconds: LOOK_AGAIN_SECONDS };

const UNDER_WAY: readonly string[] = ["running", "paused"];
const ONE_OF: Readonly<Record<Substage, string>> = {
  "40.1": "Growth loop, turn",
  "40.2": "Exit preparation",
  "40.3": "Value realization",
};
const ENDINGS: Readonly<Record<string, string>> = {
  ...{ closed: "closed", cancelled: "cancelled", approved: "exit approved", returned: "returned", done: "complete" },
};

const nameOf = ({ of, ordinal }: Child): string => `${ONE_OF[of]} ${ordinal}`;

/** What a child came to, as the timeline says it: that it began, and how it ended. */
function notesOf(child: Child): Note[] {
  const begun: Note = {
    ...{ kind: "begun", cause: `begun:${child.of}:${child.id}`, by: child.by },
    text: `${nameOf(child)} began.`,
  };
  if (UNDER_WAY.includes(child.status)) return [begun];
  const why = child.reason ? ` ${child.reason}` : "";
  const text = `${nameOf(child)}: ${ENDINGS[child.status] ?? child.status}.${why}`;
  return [begun, { kind: "ended", cause: `ended:${child.of}:${child.id}:${child.status}`, text, by: "system:stage" }];
}

const WAITING: readonly string[] = ["pending", "question", "deferred", "confirming"];

function approvalNotes({ memoId, title, status, by }: Asked): Note[] {
  const asked: Note = { kind: "asked", cause: `asked:${memoId}`, text: `${title}: asked the chairman.`, by, memoId };
  if (WAITING.includes(status)) return [asked];
  const text = `${title}: ${status}.`;
  return [asked, { kind: "answered", cause: `answered:${memoId}:${status}`, text, by: "system:stage", memoId }];
}

/** Everything that the timeline should hold of its children by now, in the order of the substages. */
export const stageNotes = ({ children, approvals }: Pick<StageFacts, "children" | "approvals">): Note[] => [
  ...children.flatMap(notesOf),
  ...approvals.flatMap(approvalNotes),
];

export const GROW_CAUSE = "grow";

function whileOpen(facts: StageFacts, open: readonly string[]): StageMove {
  if (open.includes("40.1") && !facts.done.has(GROW_CAUSE)) return { kind: "grow" };
  const note = stageNotes(facts).find(({ cause }) => !facts.done.has(cause));
  if (note) return { kind: "note", note };
  if (facts.criteria.now !== facts.criteria.noted) return { kind: "criteria" };
  return leaving(facts) ?? preparing(facts) ?? WAIT;
}

/** Exit gate, certificate, exited: in this order, each once. */
function leaving({ exitHolds, certified, children, record }: StageFacts): StageMove | null {
  const sold = record?.outcome === "exited" || children.some(({ of }) => of === "40.3");
  if (certified) return { kind: "exit" };
  return exitHolds && sold ? { kind: "certify" } : null;
}

function preparing({ favours, done }: StageFacts): StageMove | null {
  return favours && !done.has(favours.cause) ? { kind: "prepare", ...favours } : null;
}

/**
 * What the run of the stage does next, from stored facts alone: open at the gate, begin growth, note what its children
 * came to and which criteria hold, begin preparation where conditions favour it, certify and leave at the exit gate. The
 * substages are runs of their own; this one only joins them.
 */
export function nextStageMove(facts: StageFacts): StageMove {
  const { status, archived, record } = facts;
  if (status !== "running" && status !== "paused") return { kind: "end" };
  // A regress by a memo can be taken back; the life goes on then, and so does its run.
  if (record?.outcome === "regressed" && !facts.superseded) return WAIT;
  if (record?.outcome && record.outcome !== "exited") return { kind: "stop", outcome: record.outcome };
  if (archived || status === "paused") return WAIT;
  if (!record) return facts.entryHolds ? { kind: "open" } : WAIT;
  return whileOpen(facts, record.outcome ? [] : record.open);
}

/** Preparation is worth beginning from "approaching" on: what it takes (a data room, buyers) takes most of a year. */
export const PREPARE_FROM = 70;

/** A venture that is taken over first brings its data, its profile and its autonomy; its growth loop waits as long. */
export const SETTLING_DAYS = 7;

/** What was scored or valued longer ago says nothing about today. */
const RECENT_DAYS = 92;
const isRecent = (day: string | null, today: string): boolean =>
  day !== null && parseDate(day).add({ days: RECENT_DAYS }).compare(parseDate(today)) >= 0;

export type FavourFacts = {
  today: string;
  /** It was taken over less than a week ago. */
  settling: boolean;
  open: readonly string[];
  /** Readiness in points and the central equity value, as kept, each with its day; null is unknown. */
  readiness: string | null;
  scoredOn: string | null;
  equity: string | null;
  valuedOn: string | null;
  minimum: string | null;
  /** How many preparations this life has had. */
  preparations: number;
};

/** Do the kept figures favour beginning 40.2? Unknown favours nothing. Once for each time that none was under way. */
export function favoursPreparation(facts: FavourFacts): StageFacts["favours"] {
  const { today, open, readiness, equity, minimum, preparations } = facts;
  if (facts.settling || !isRecent(facts.scoredOn, today) || !isRecent(facts.valuedOn, today)) return null;
  if (open.includes("40.2") || open.includes("40.3") || !open.includes("40.1")) return null;
  if (readiness === null || new Exact(readiness).lt(PREPARE_FROM)) return null;
  if (equity === null || minimum === null || new Exact(equity).lt(minimum)) return null;
  return {
    cause: `prepare:${preparations + 1}`,
    why: "Readiness is at 70 or above and the valuation at or above the profile's minimum.",
  };
}

export const substagesInWords = (open: readonly string[]): string =>
  open.length === 0 ? "none" : open.map((one) => SUBSTAGE_NAMES[one as Substage] ?? one).join(", ");
