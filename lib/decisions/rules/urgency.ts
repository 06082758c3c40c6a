const DAY_MS = 86_400_000;

export type UrgencyFacts = {
  dueAt: Date | null;
  expiresAt: Date;
  reversible: boolean;
  /** What is at stake in plain US dollars; null when unknown. */
  stakeUsd: number | null;
  /** The same as it is written; null when nothing is known to be at stake. */
  stake: string | null;
};

export type Urgency = {
  score: number;
  /** Whole days left until the nearer of due and expiry; 0 is less than a day, negative is over. */
  days: number;
  /** The factors in words, the heaviest first. */
  reasons: string[];
};

const words = (days: number): string => {
  if (days < 0) return "past its deadline";
  return days === 0 ? "due within a day" : `due in ${days + 1} days`;
};

/**
 * Deadline × money × irreversibility. The deadline counts 1 ÷ (days + ½), so today weighs about three times tomorrow; money
 * counts by its order of magnitude (unknown as if it were $10,000); what cannot be undone counts twice.
 */
export function urgency(facts: UrgencyFacts, now: Date): Urgency {
  const deadline = Math.min(facts.dueAt?.getTime() ?? Number.POSITIVE_INFINITY, facts.expiresAt.getTime());
  const left = (deadline - now.getTime()) / DAY_MS;
  const days = Math.floor(left);
  const nearness = 1 / (Math.max(left, 0) + 0.5);
  const money = Math.log10(Math.max(facts.stakeUsd ?? 10_000, 10));
  const weight = facts.reversible ? 1 : 2;
  const factors = [
    { heavy: nearness, text: words(days) },
    ...(facts.stake !== null && (facts.stakeUsd ?? 1_000) >= 1_000
      ? [{ heavy: money / 10, text: `${facts.stake} at stake` }]
      : []),
    ...(facts.stake === null ? [{ heavy: 0, text: "amount at stake unknown" }] : []),
    ...(facts.reversible ? [] : [{ heavy: 0.6, text: "cannot be undone" }]),
  ];
  const reasons = factors.sort((a, b) => b.heavy - a.heavy).map((factor) => factor.text);
  return { score: nearness * money * weight, days, reasons };
}
