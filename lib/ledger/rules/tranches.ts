import { ok, type Result, refuse } from "@/lib/errors";

export type TrancheState = {
  status: string;
  /** What it still owes. */
  balanceMinor: bigint;
  claims: readonly { status: string; amountMinor: bigint }[];
};

/** What open claims hold back; never more than there is. */
export function heldBack({ balanceMinor, claims }: TrancheState): bigint {
  const claimed = claims.reduce((sum, { status, amountMinor }) => (status === "open" ? sum + amountMinor : sum), 0n);
  return claimed > balanceMinor ? balanceMinor : claimed;
}

export const releasable = (state: TrancheState): bigint => state.balanceMinor - heldBack(state);

export type ReleaseRefusal = "FROZEN" | "CLOSED" | "MORE_THAN_THERE_IS" | "CLAIMED" | "OWN_RECORD" | "BEFORE_IT_OPENED";

type Instructed = { sellersMinor: bigint; buyerMinor: bigint; datedOn: string; recordedBy: string };

/**
 * May this recorded instruction be carried out now, by this person? What goes to the holders may not touch what is
 * claimed; what goes back to the buyer may, for that is how a claim is settled. Nobody carries out what they recorded.
 */
export function mayRelease(
  state: TrancheState & { opensOn: string },
  instruction: Instructed,
  actorRef: string,
): Result<null, ReleaseRefusal> {
  if (state.status === "frozen") return refuse("FROZEN");
  if (state.status === "closed") return refuse("CLOSED");
  if (instruction.recordedBy === actorRef) return refuse("OWN_RECORD");
  if (instruction.datedOn < state.opensOn) return refuse("BEFORE_IT_OPENED");
  const { sellersMinor, buyerMinor } = instruction;
  if (sellersMinor + buyerMinor > state.balanceMinor) return refuse("MORE_THAN_THERE_IS");
  const claimedAfter = heldBack(state) - buyerMinor;
  const leftAfter = state.balanceMinor - buyerMinor - sellersMinor;
  if (sellersMinor > 0n && claimedAfter > leftAfter) return refuse("CLAIMED");
  return ok(null);
}

export type Planned = { dueOn: string; amountMinor: bigint | null };
export type CalendarLine = Planned & {
  /** How much of it earlier releases have covered. */
  coveredMinor: bigint;
  state: "released" | "due" | "overdue" | "later";
};

/** The days of release of a tranche with what was released so far laid over them, oldest first. */
export function calendarOf(
  amountMinor: bigint,
  schedule: readonly Planned[],
  releasedMinor: bigint,
  today: string,
): CalendarLine[] {
  let open = releasedMinor;
  let planned = 0n;
  return schedule.map((line) => {
    const size = line.amountMinor ?? (amountMinor > planned ? amountMinor - planned : 0n);
    planned += size;
    const covered = open > size ? size : open;
    open -= covered;
    const over = covered === size;
    const state = over ? "released" : line.dueOn < today ? "overdue" : line.dueOn === today ? "due" : "later";
    return { dueOn: line.dueOn, amountMinor: size, coveredMinor: covered, state };
  });
}

export type Due = { label: string; dueOn: string; openMinor: bigint; currency: string };

/** Days of release that have come and that releases so far do not cover: what somebody has to see to. */
export function dueReleases(tranche: { label: string; currency: string }, calendar: readonly CalendarLine[]): Due[] {
  return calendar
    .filter(({ state }) => state === "due" || state === "overdue")
    .map(({ dueOn, amountMinor, coveredMinor }) => ({
      ...{ label: tranche.label, currency: tranche.currency, dueOn, openMinor: (amountMinor ?? 0n) - coveredMinor },
    }))
    .filter(({ openMinor }) => openMinor > 0n);
}
