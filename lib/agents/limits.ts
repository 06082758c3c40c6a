/** What one run may use. Reaching a limit stops the run; what it has written stays. Pure. */
export type RunLimits = { steps: number; tokens: number; costMicros: number; workMs: number };
export type Spent = { steps: number; tokensIn: number; tokensOut: number; costMicros: number; workMs: number };
export type Limit = keyof RunLimits;

export const NOTHING_SPENT: Spent = { steps: 0, tokensIn: 0, tokensOut: 0, costMicros: 0, workMs: 0 };

export function spend(spent: Spent, more: Spent): Spent {
  return {
    steps: spent.steps + more.steps,
    tokensIn: spent.tokensIn + more.tokensIn,
    tokensOut: spent.tokensOut + more.tokensOut,
    costMicros: spent.costMicros + more.costMicros,
    workMs: spent.workMs + more.workMs,
  };
}

/** The first limit that is used up, or null. */
export function limitReached(spent: Spent, limits: RunLimits): Limit | null {
  if (spent.steps >= limits.steps) return "steps";
  if (spent.tokensIn + spent.tokensOut >= limits.tokens) return "tokens";
  if (spent.costMicros >= limits.costMicros) return "costMicros";
  if (spent.workMs >= limits.workMs) return "workMs";
  return null;
}

const SENTENCES: Readonly<Record<Limit, string>> = {
  steps: "Stopped: the run reached its limit of steps.",
  tokens: "Stopped: the run reached its limit of tokens.",
  costMicros: "Stopped: the run reached its limit of money.",
  workMs: "Stopped: the run reached its limit of time.",
};
export const limitSentence = (limit: Limit): string => SENTENCES[limit];

/** US dollars per million tokens. */
export type Price = { perMillionIn: number; perMillionOut: number };

/** In millionths of a US dollar, rounded up. */
export const costMicros = (price: Price, tokensIn: number, tokensOut: number): number =>
  Math.ceil(tokensIn * price.perMillionIn + tokensOut * price.perMillionOut);
