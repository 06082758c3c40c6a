import { ok, type Result, refuse } from "@/lib/errors";
import { DO_NOTHING, type MemoContent, type MemoStatus, type VerdictInput } from "../schema";
import { FIRST_APPROVAL, type FirstApproval } from "./second-person";

export const OPEN: readonly MemoStatus[] = ["pending", "question", "deferred", "confirming"];
export const isOpen = (status: MemoStatus): boolean => OPEN.includes(status);

export type DecidableMemo = {
  status: MemoStatus;
  version: number;
  proposedBy: string;
  reversible: boolean;
  /** What it shows outside stays seen, even where the access can be ended. */
  discloses: boolean;
  expiresAt: Date;
  /** Labels of quoted figures that changed since this version was written. */
  stale: readonly string[];
  content: Pick<MemoContent, "options" | "recommendedOption">;
  /** Two people have to approve it. */
  needsSecond: boolean;
  /** Of a memo that is approved by one and waits for a second person. */
  first: FirstApproval | null;
};

export type Decided = {
  status: MemoStatus;
  /** As it is stored: what the person said, or that it was the first of two approvals. */
  verdict: VerdictInput["verdict"] | typeof FIRST_APPROVAL;
  /** Approvals and rejections close the memo; the first of two, a question or a deferral goes on as the next version. */
  final: boolean;
  optionId: string | null;
  deferredUntil: Date | null;
  stepUp: boolean;
};

export const VERDICT_REFUSALS = [
  "ALREADY_DECIDED",
  "CHANGED_SINCE",
  "OWN_PROPOSAL",
  "EXPIRED",
  "STALE",
  "UNKNOWN_OPTION",
  "DATE_PASSED",
  "DATE_AFTER_EXPIRY",
  "OWN_APPROVAL",
  "AS_IT_STANDS",
] as const;
export type VerdictRefusal = (typeof VERDICT_REFUSALS)[number];

/** Midnight UTC at the end of that day: a day named by a person is over when it is over. */
export const endOfDay = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000);

const PLAIN = { final: false, optionId: null, deferredUntil: null, stepUp: false };

/**
 * May this person give this verdict on this memo now, and what does it make of the memo? Nobody decides their own
 * proposal, or is the second person to their own approval; nobody approves what they have not read, what has expired, or
 * what rests on figures that changed.
 */
export function decide(
  memo: DecidableMemo,
  input: VerdictInput,
  actorRef: string,
  now: Date,
): Result<Decided, VerdictRefusal> {
  if (!isOpen(memo.status)) return refuse(memo.status === "expired" ? "EXPIRED" : "ALREADY_DECIDED");
  if (memo.version !== input.version) return refuse("CHANGED_SINCE");
  if (memo.proposedBy === actorRef) return refuse("OWN_PROPOSAL");
  if (memo.expiresAt.getTime() <= now.getTime()) return refuse("EXPIRED");
  if (memo.status === "confirming" && memo.first?.by === actorRef) return refuse("OWN_APPROVAL");
  switch (input.verdict) {
    case "approved":
    case "conditional":
      return approval(memo, input, now);
    case "rejected":
      return ok({ ...PLAIN, status: "rejected", verdict: "rejected", final: true });
    case "question":
      return ok({ ...PLAIN, status: "question", verdict: "question" });
    case "deferred":
      return deferral(memo, input.until, now);
  }
}

function approval(
  memo: DecidableMemo,
  input: Extract<VerdictInput, { verdict: "approved" | "conditional" }>,
  now: Date,
): Result<Decided, VerdictRefusal> {
  const { first } = memo;
  const optionId = input.optionId ?? first?.optionId ?? memo.content.recommendedOption;
  // The second person says yes to what the first one read and said, or no.
  if (first && (input.verdict === "conditional" || optionId !== first.optionId)) return refuse("AS_IT_STANDS");
  const option = memo.content.options.find((candidate) => candidate.id === optionId);
  // To do nothing is a rejection: there is nothing to carry out.
  if (!option?.action || option.id === DO_NOTHING) return refuse("UNKNOWN_OPTION");
  if (memo.stale.length > 0) return refuse("STALE");
  if (input.verdict === "conditional" && input.conditions.some(({ until }) => endOfDay(until) <= now)) {
    return refuse("DATE_PASSED");
  }
  const stepUp = !memo.reversible || memo.discloses;
  if (memo.needsSecond && !first)
    return ok({ ...PLAIN, status: "confirming", verdict: FIRST_APPROVAL, optionId, stepUp });
  const verdict = first?.conditional ? "conditional" : input.verdict;
  return ok({ ...PLAIN, status: verdict, verdict, final: true, optionId, stepUp });
}

function deferral(memo: DecidableMemo, until: string, now: Date): Result<Decided, VerdictRefusal> {
  const deferredUntil = new Date(`${until}T00:00:00Z`);
  if (deferredUntil <= now) return refuse("DATE_PASSED");
  if (deferredUntil >= memo.expiresAt) return refuse("DATE_AFTER_EXPIRY");
  return ok({ ...PLAIN, status: "deferred", verdict: "deferred", deferredUntil });
}

const UNDOABLE: readonly MemoStatus[] = ["confirming", "approved", "conditional", "rejected"];

/** The version whose verdict the memo stands on: of one that waits for a second person the version before. */
export const decidedVersion = ({ status, version }: Pick<DecidableMemo, "status" | "version">): number =>
  status === "confirming" ? version - 1 : version;

export type UndoRefusal = "NOT_YOURS" | "TOO_LATE" | "IRREVERSIBLE" | "NOTHING_TO_UNDO" | "CHANGED_SINCE";

/**
 * Only the one who decided, within `undoMs` (a minute), and only what can be reversed; the first of two approvals as long as
 * the second one is not given. `verdict` is the one that the memo stands on.
 */
export function mayUndo(
  memo: Pick<DecidableMemo, "status" | "version" | "reversible">,
  verdict: { decidedBy: string; decidedAt: Date } | null,
  read: { version: number; actorRef: string; now: Date; undoMs: number },
): Result<null, UndoRefusal> {
  if (!verdict || !UNDOABLE.includes(memo.status)) return refuse("NOTHING_TO_UNDO");
  if (memo.version !== read.version) return refuse("CHANGED_SINCE");
  if (verdict.decidedBy !== read.actorRef) return refuse("NOT_YOURS");
  if (memo.status === "confirming") return ok(null);
  if (!memo.reversible && memo.status !== "rejected") return refuse("IRREVERSIBLE");
  if (read.now.getTime() - verdict.decidedAt.getTime() > read.undoMs) return refuse("TOO_LATE");
  return ok(null);
}
