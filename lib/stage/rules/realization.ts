import { DEAL_STAGES, type DealStage } from "@/lib/deals/schema/deal";
import { Exact } from "@/lib/money";
import { PHASES, type Phase, type RealizationStatus } from "../schema/realization";
import { growthNegative, keyPerson, marketCrash, type Reading, type Rollback } from "./exit-rollbacks";

/** A bidder of the sale. `fell`: the change of stage by which it dropped out, if that stands. */
export type Bidding = {
  dealId: string;
  bidder: string;
  companyId: string | null;
  stage: DealStage;
  fell: { stepId: string; from: DealStage; reason: string } | null;
  /** What its newest bid is worth to the group today, as an exact decimal; null or absent is unknown. */
  worth?: string | null;
};

export type SaleFacts = {
  deals: readonly Bidding[];
  /** Of the closing: conditions that are open, and signatures not released; null where nobody keeps its checklist. */
  closing: { openConditions: number; openSignatures: number } | null;
  /** What was distributed, what is still owed to payees, and how many tranches still hold something back. */
  money: { distributions: number; payableMinor: bigint; deferred: number };
};

const isLive = ({ stage }: Bidding): boolean => stage !== "fallen-through" && stage !== "complete";
const place = ({ stage }: Bidding): number => DEAL_STAGES.indexOf(stage);

const worthMore = ({ worth: one }: Bidding, { worth: other }: Bidding): boolean =>
  one != null && (other == null || new Exact(one).gt(other));

/** The bidder that is furthest; of two at the same stage the one whose bid is worth more, then the one that came first. */
export const leading = (deals: readonly Bidding[]): Bidding | null =>
  deals
    .filter(({ stage }) => stage !== "fallen-through")
    .reduce<Bidding | null>((most, one) => {
      if (most === null || place(one) > place(most)) return one;
      return place(one) === place(most) && worthMore(one, most) ? one : most;
    }, null);

function closingPhase(closing: SaleFacts["closing"]): Phase {
  if (closing === null || closing.openConditions > 0) return "conditions";
  return closing.openSignatures > 0 ? "sign" : "close";
}

function moneyPhase({ distributions, payableMinor, deferred }: SaleFacts["money"]): Phase {
  if (distributions === 0 || payableMinor > 0n) return "distribute";
  return deferred > 0 ? "contingent" : "over";
}

/** Where value realization stands, from stored facts alone. */
export function phaseOf({ deals, closing, money }: SaleFacts): Phase {
  const lead = leading(deals);
  switch (lead?.stage) {
    case "complete":
      return moneyPhase(money);
    case "closing":
      return closingPhase(closing);
    case "definitive-agreement":
      return "definitive";
    case "due-diligence":
      return "due-diligence";
    case "loi":
      return "loi";
    default:
      return "negotiate";
  }
}

export type RunFacts = {
  status: RealizationStatus;
  /** 40.3 of the venture is open. */
  open: boolean;
  phase: Phase;
  sale: SaleFacts;
  /** The causes that were dealt with. */
  done: ReadonlySet<string>;
  rollbacks: readonly SaleRollback[];
};

export type RealizationMoveKind =
  | { kind: "end" }
  | { kind: "stop" }
  | { kind: "wait"; seconds: number }
  | { kind: "fallen"; dealId: string; cause: string }
  | { kind: "ask"; rollback: SaleRollback; cause: string }
  | { kind: "phase"; to: Phase }
  | { kind: "finish" };

/** Messages wake the run; should one be lost, it looks by itself. */
const LOOK_AGAIN_SECONDS = 86_400;

export const fallenCause = (stepId: string): string => `fallen:${stepId}`;
export const askCause = ({ kind, cause }: SaleRollback): string => `ask:${kind}:${cause}`;

/**
 * What the run of 40.3 does next. A bidder that dropped out comes first, for that is answered without anybody; then what
 * the chairman has to be asked; then the phase that the facts are in. Once the last cent is paid, it finishes.
 */
export function nextRealizationMove({ status, open, phase, sale, done, rollbacks }: RunFacts): RealizationMoveKind {
  if (status !== "running" && status !== "paused") return { kind: "end" };
  if (!open) return { kind: "stop" };
  if (status === "paused") return { kind: "wait", seconds: LOOK_AGAIN_SECONDS };
  for (const { dealId, fell } of sale.deals) {
    if (fell && !done.has(fallenCause(fell.stepId))) return { kind: "fallen", dealId, cause: fallenCause(fell.stepId) };
  }
  for (const rollback of rollbacks) {
    if (!done.has(askCause(rollback))) return { kind: "ask", rollback, cause: askCause(rollback) };
  }
  const to = phaseOf(sale);
  if (to !== phase) return { kind: "phase", to };
  return to === "over" ? { kind: "finish" } : { kind: "wait", seconds: LOOK_AGAIN_SECONDS };
}

export const isBack = (from: Phase, to: Phase): boolean => PHASES.indexOf(to) < PHASES.indexOf(from);

/** A candidate of the target list, best first. */
export type Candidate = { companyId: string; name: string };

/** Who comes next after a bidder dropped out: one that is in the sale already, the best of the list, or nobody. */
export type Backup =
  | { kind: "bidder"; dealId: string; bidder: string }
  | { kind: "candidates"; candidates: Candidate[] }
  | { kind: "none" };

/** How many of the list are approached at once. */
const MOST_BACKUPS = 3;

/**
 * The backup in ranked order: the furthest of the bidders that are left, otherwise those of the target list that never
 * bid, best first.
 */
export function backupFor(deals: readonly Bidding[], ranked: readonly Candidate[]): Backup {
  const next = leading(deals.filter(isLive));
  if (next) return { kind: "bidder", dealId: next.dealId, bidder: next.bidder };
  const tried = new Set(deals.map(({ companyId }) => companyId));
  const candidates = ranked.filter(({ companyId }) => !tried.has(companyId)).slice(0, MOST_BACKUPS);
  return candidates.length > 0 ? { kind: "candidates", candidates } : { kind: "none" };
}

export const SALE_ROLLBACKS = ["offers-low", "growth-negative", "key-person", "market-crash"] as const;
export type SaleRollbackKind = (typeof SALE_ROLLBACKS)[number];
/** `cause` tells one occasion of a rule from the next. */
export type SaleRollback = { kind: SaleRollbackKind; cause: string };

/** The newest bid of a bidder that is in play: what all holders receive if everything is paid, as an exact decimal. */
export type StandingBid = { offerId: string; version: number; total: string | null };

export type RollbackFacts = {
  bids: readonly StandingBid[];
  /** The central equity value of the kept valuation; null where none is kept. */
  target: string | null;
  valuedOn: string | null;
  /** The fall of the multiples from their highest of twelve months, as a fraction; null where no series says. */
  multiplesFall: string | null;
  /** The day on which that fall came to half: the same fall is the same occasion. */
  crash: string;
  today: string;
  /** When 40.3 began. */
  startedOn: string;
  /** As the rules of 40.2 read them. */
  growth: readonly Reading[];
  shrinkingSince?: string | null;
  departedOn: string | null | undefined;
};

/** Offers below this part of the target valuation put the exit off (spec/stage-40, section 4). */
export const LOW_OFFER = new Exact("0.5");

/** The best of the bids; null while there is none, or one of them is not known: the unknown one may be the better. */
export function bestBid(bids: readonly StandingBid[]): (StandingBid & { total: string }) | null {
  const known = bids.filter((bid): bid is StandingBid & { total: string } => bid.total !== null);
  if (known.length === 0 || known.length < bids.length) return null;
  return known.reduce((most, one) => (new Exact(one.total).gt(most.total) ? one : most));
}

/** One rule of 40.3: how far it is from coming true, and the occasion. */
export type SaleRule = Omit<Rollback, "kind"> & { kind: SaleRollbackKind };

/** Three fifths of the valuation: not yet low, and worth a look. */
const NEAR_LOW = new Exact("0.6");

function offersLow({ bids, target, valuedOn }: RollbackFacts): SaleRule {
  const kind = "offers-low" as const;
  const said = { kind, on: null, sentence: "The best offer is below 50 % of the valuation." };
  const best = bestBid(bids);
  if (best === null || target === null) return { ...said, state: "unknown" };
  const part = new Exact(best.total).div(target);
  const state = part.lt(LOW_OFFER) ? "holds" : part.lt(NEAR_LOW) ? "near" : "far";
  return { ...said, state, cause: `${best.offerId}:${best.version}:${valuedOn}` };
}

/** Each rule of 40.3 that asks the chairman; unknown asks nothing. */
export const saleRules = (facts: RollbackFacts): SaleRule[] => [
  offersLow(facts),
  { ...growthNegative(facts), kind: "growth-negative" },
  { ...keyPerson(facts), kind: "key-person" },
  { ...marketCrash(facts), kind: "market-crash", cause: facts.crash },
];

/** Of those the ones that hold, each with its occasion. */
export const saleRollbacks = (facts: RollbackFacts): SaleRollback[] =>
  saleRules(facts).flatMap(({ kind, state, cause = "" }) => (state === "holds" ? [{ kind, cause }] : []));
