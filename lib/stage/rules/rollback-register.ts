import type { ActionClass } from "@/lib/decisions/schema";
import type { ImpedimentKind } from "../schema/impediments";
import type { Rollback, RollbackKind } from "./exit-rollbacks";
import type { SaleRule } from "./realization";

/** The rollbacks of spec/stage-40, section 4, one for each row of its table, in its order. */
export const ROLLBACK_IDS = [
  "growth-negative",
  "no-buyer",
  "offers-low",
  "deal-fell",
  "regulatory-block",
  "earn-out-dispute",
  "fundamental-issue",
  "market-crash",
  "readiness-low",
  "initiative-roi",
  "key-person",
] as const;
export type RollbackId = (typeof ROLLBACK_IDS)[number];

export type RollbackRule = {
  trigger: string;
  action: string;
  authority: string;
  /** What the chairman is asked to approve; what happens by itself asks for nothing. */
  asks: readonly ActionClass[];
};

const CHAIRMAN = "Chairman";

export const ROLLBACK_RULES: Readonly<Record<RollbackId, RollbackRule>> = {
  "growth-negative": {
    trigger: "Growth below 0 % for 2 quarters or more",
    action: "Back to 40.1, and the levers are looked at again",
    ...{ authority: CHAIRMAN, asks: ["exit.return-to-growth", "deal.delay-exit"] },
  },
  "no-buyer": {
    trigger: "No qualified buyer after 18 months in 40.2",
    action: "Back to 40.1, extended",
    ...{ authority: "Exit Advisor recommends, chairman approves", asks: ["exit.return-to-growth"] },
  },
  "offers-low": {
    trigger: "Offers below 50 % of the target valuation",
    action: "Back to 40.1, the exit is put off",
    ...{ authority: CHAIRMAN, asks: ["deal.delay-exit"] },
  },
  "deal-fell": {
    trigger: "A deal falls through in 40.3",
    action: "The next bidder; with none left back to 40.2 and to the backup buyers in ranked order",
    ...{ authority: "By itself, chairman informed", asks: ["exit.approach-buyers"] },
  },
  "regulatory-block": {
    trigger: "A regulator blocks the deal",
    action: "40.3 pauses, with a remediation plan",
    ...{ authority: CHAIRMAN, asks: ["deal.pause-sale"] },
  },
  "earn-out-dispute": {
    trigger: "An earn-out is disputed",
    action: "That tranche is frozen, the rest goes on",
    ...{ authority: CHAIRMAN, asks: ["deal.freeze-tranche"] },
  },
  "fundamental-issue": {
    trigger: "A fundamental issue (legal, fraud)",
    action: "Everything waits at once; back to stage 39",
    ...{ authority: "Chairman, emergency protocol", asks: ["stage.regress-to-39"] },
  },
  "market-crash": {
    trigger: "Multiples down 50 % or more",
    action: "40.2 or 40.3 pauses, growth goes on",
    ...{ authority: CHAIRMAN, asks: ["exit.pause-preparation", "deal.pause-sale"] },
  },
  "readiness-low": {
    trigger: "Readiness below 85 for 6 months in 40.2",
    action: "Remediation tasks; to the chairman after 3 months without progress",
    ...{ authority: "Exit Advisor, then chairman", asks: ["exit.return-to-growth"] },
  },
  "initiative-roi": {
    trigger: "An initiative's return below 1× after 6 months",
    action: "It is paused and its money used elsewhere; to the chairman after 3 failures in a row",
    authority: "Growth Specialist, then chairman",
    asks: ["growth.pause-initiative", "growth.review-strategy"],
  },
  "key-person": {
    trigger: "A key person leaves (CEO, CTO)",
    action: "Readiness is scored anew, a retention plan is a task, and the chairman is asked",
    ...{ authority: CHAIRMAN, asks: ["exit.pause-preparation", "deal.pause-sale"] },
  },
};

export type RollbackState = Rollback["state"] | "not-watched";

export type RegisterFacts = {
  /** The venture is in stage 40, and which substages are open. */
  open: readonly string[];
  /** The rules of 40.2 while it runs, and of 40.3 while it runs. */
  preparation: readonly Rollback[];
  sale: readonly SaleRule[];
  /** Growth and departures, watched in every substage. */
  always: readonly Pick<Rollback, "kind" | "state" | "on">[];
  impediments: readonly { kind: ImpedimentKind; open: boolean }[];
  /** Bidders that dropped out and were not answered yet. */
  unansweredFalls: number;
  /** Earn-outs that still hold something. */
  earnOuts: number;
  /** Running initiatives whose newest measurement came out too low, or could not tell, or well enough. */
  initiatives: { low: number; known: number; running: number };
};

export type RegisterRow = { id: RollbackId; state: RollbackState; on: string | null };

const ORDER: readonly RollbackState[] = ["not-watched", "far", "unknown", "near", "holds"];

type Told = { state: RollbackState; on: string | null };
const NOT_WATCHED: Told = { state: "not-watched", on: null };
const plain = (state: RollbackState): Told => ({ state, on: null });

/** Of several rules that a row stands for the one that is furthest along. */
const furthest = (told: readonly Told[]): Told =>
  told.reduce((most, one) => (ORDER.indexOf(one.state) > ORDER.indexOf(most.state) ? one : most), NOT_WATCHED);

const ofKind = (rules: readonly (Told & { kind: string })[], ...kinds: readonly RollbackKind[]): Told =>
  furthest(rules.filter(({ kind }) => (kinds as readonly string[]).includes(kind)));

function impeded({ impediments }: RegisterFacts, wanted: ImpedimentKind, watched: boolean): Told {
  if (impediments.some(({ kind, open }) => kind === wanted && open)) return plain("holds");
  return watched ? plain("far") : NOT_WATCHED;
}

function initiativeState({ open, initiatives: { low, known, running } }: RegisterFacts): Told {
  if (low > 0) return plain("holds");
  if (!open.includes("40.1") || running === 0) return NOT_WATCHED;
  return plain(known > 0 ? "far" : "unknown");
}

const STATES: Readonly<Record<RollbackId, (facts: RegisterFacts) => Told>> = {
  "growth-negative": ({ preparation, sale, always }) => ofKind([...preparation, ...sale, ...always], "growth-negative"),
  "no-buyer": ({ preparation }) => ofKind(preparation, "no-buyer"),
  "offers-low": ({ sale }) => furthest(sale.filter(({ kind }) => kind === "offers-low")),
  "deal-fell": ({ open, unansweredFalls }) =>
    unansweredFalls > 0 ? plain("holds") : open.includes("40.3") ? plain("far") : NOT_WATCHED,
  "regulatory-block": (facts) => impeded(facts, "regulatory-block", facts.open.includes("40.3")),
  "earn-out-dispute": (facts) => impeded(facts, "earn-out-dispute", facts.earnOuts > 0),
  "fundamental-issue": (facts) => impeded(facts, "fundamental-issue", facts.open.length > 0),
  "market-crash": ({ preparation, sale }) => ofKind([...preparation, ...sale], "market-crash"),
  "readiness-low": ({ preparation }) => ofKind(preparation, "readiness-low", "readiness-stalled"),
  "initiative-roi": initiativeState,
  "key-person": ({ preparation, sale, always }) => ofKind([...preparation, ...sale, ...always], "key-person"),
};

/** How far each row of the table is from coming true, from stored facts. */
export const rollbackRegister = (facts: RegisterFacts): RegisterRow[] =>
  ROLLBACK_IDS.map((id) => ({ id, ...STATES[id](facts) })).map(({ id, state, on }) => ({ id, state, on: on ?? null }));

/** The row that a cause noted by a run is about; null for what is no rollback. */
export function rowOfCause(kind: string): RollbackId | null {
  if (kind === "readiness-stalled") return "readiness-low";
  return ROLLBACK_IDS.find((id) => id === kind) ?? null;
}
