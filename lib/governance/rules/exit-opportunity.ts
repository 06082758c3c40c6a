import type { Figure } from "@/lib/figures/schema";
import { addDays } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import type { SignalKind } from "../schema";
import type { Cause, Holds, Stands } from "./causes";

/** What a person stated. */
export type SignalFact = {
  id: string;
  kind: SignalKind;
  title: string;
  source: string;
  dated: string;
  withdrawn: boolean;
};

export type ExitFacts = {
  today: string;
  signals: readonly SignalFact[];
  /** The market's score, −1 to +1, and from where on it is open; null is unknown. */
  score: number | null;
  openFrom: number;
  /** Today's valuation in US dollars at the stored rate of its day, and what the chairman wants at least. */
  valuationUsd: string | null;
  targetUsd: string;
  figures: { score: readonly Figure[]; valuation: readonly Figure[] };
};

/** What was stated longer ago is no occasion any more. */
export const SIGNAL_DAYS = 180;
/** An open window is open until its score has fallen this far below. */
const WINDOW_MARGIN = 0.1;
/** A target that was reached stays reached until the valuation is this far below it. */
const TARGET_MARGIN = "0.95";

export const windowKey = "exit-window";
export const targetKey = (usd: string): string => `target:${usd}`;
export const signalKey = ({ kind, id }: Pick<SignalFact, "kind" | "id">): string => `${kind}:${id}`;

/** A statement holds while it is recent and was not withdrawn. */
export const signalHolds = ({ dated, withdrawn }: SignalFact, today: string): boolean =>
  !withdrawn && dated <= today && addDays(dated, SIGNAL_DAYS) >= today;

function windowHolds({ score, openFrom }: ExitFacts, stands: boolean): Holds {
  return score === null ? null : score >= (stands ? openFrom - WINDOW_MARGIN : openFrom);
}

function targetHolds({ valuationUsd, targetUsd }: ExitFacts, stands: boolean): Holds {
  if (valuationUsd === null) return null;
  return new Exact(valuationUsd).gte(stands ? new Exact(targetUsd).times(TARGET_MARGIN) : targetUsd);
}

/** ACTIVE-VENTURE-002: an inquiry that came in, an exit window that opened, a valuation that reached the chairman's target. */
export function exitOpportunities(facts: ExitFacts, stands: Stands): Cause[] {
  const trigger = "ACTIVE-VENTURE-002";
  const target = targetKey(facts.targetUsd);
  const inquiries = facts.signals
    .filter(({ kind }) => kind === "inquiry")
    .map((signal): Cause => {
      const why = `An inquiry came in: ${signal.source}.`;
      const holds = signalHolds(signal, facts.today);
      return { trigger, key: signalKey(signal), holds, title: signal.title, why, figures: [] };
    });
  return [
    ...inquiries,
    {
      ...{ trigger, key: windowKey, holds: windowHolds(facts, stands(windowKey)) },
      title: "The exit window is open",
      why: "The market score of exit timing has come to where the venture's assumptions call the window open.",
      figures: facts.figures.score,
    },
    {
      ...{ trigger, key: target, holds: targetHolds(facts, stands(target)) },
      title: "The valuation has reached the chairman's target",
      why: "The valuation, in US dollars at the stored rate of the day, is at or above the minimum valuation of the venture's profile.",
      figures: facts.figures.valuation,
    },
  ];
}
