import { commitsMoney, mayEverBeRoutine } from "../policy";
import { agrees, brierOf, byPerson, callsOf, type RecordCase, settledAt, wasRight } from "./record";

/** What a record must hold before the chairman is asked to let an agent do something by itself. */
export const PROMOTION = {
  /** Settled cases, the newest of which are looked at. */
  settled: 20,
  /** Of these, the share that was right. */
  rightShare: 0.9,
  /** What auto would have carried out, and the share of it that a person approved as it was. */
  wouldExecute: 10,
  agreement: 0.95,
  /** At most; a coin has 0.25. */
  brier: 0.2,
  /** Settled at the venture itself, all of them right. */
  atVenture: 3,
} as const;

/** What takes the right away at once. */
export const DEMOTION = {
  /** Of the newest settled cases so many were not right. */
  looked: 10,
  wrong: 3,
  /** Over so many of the newest stated confidences, and at least so many, the Brier score is above. */
  calls: 20,
  fewestCalls: 10,
  brier: 0.3,
} as const;

export type Criterion = { id: string; label: string; need: string; have: string; met: boolean };

const newestFirst = (cases: readonly RecordCase[]): RecordCase[] =>
  [...cases].sort((a, b) => settledAt(b) - settledAt(a));

const settledCases = (cases: readonly RecordCase[], now: number): RecordCase[] =>
  newestFirst(cases.filter((one) => wasRight(one, now) !== null));

const percent = (share: number | null): string => (share === null ? "–" : `${Math.round(share * 1_000) / 10} %`);
const ratio = (part: number, of: number): number | null => (of === 0 ? null : part / of);

/** Only what happened since the right was last given back counts. */
export const since = (cases: readonly RecordCase[], lifted: number | null): RecordCase[] =>
  lifted === null ? [...cases] : cases.filter((one) => settledAt(one) > lifted);

/** The newest settled cases that the rule looks at. */
const LOOKED = 40;

type Facts = {
  settled: number;
  right: number;
  undone: number;
  would: number;
  agreed: number;
  brier: number | null;
  here: number;
  wrongHere: number;
};

function factsOf(cases: readonly RecordCase[], ventureId: string, now: number): Facts {
  const settled = settledCases(cases, now).slice(0, LOOKED);
  const would = settled.filter((one) => byPerson(one) && one.shadow === "execute");
  const here = settled.filter((one) => one.ventureId === ventureId);
  return {
    settled: settled.length,
    right: settled.filter((one) => wasRight(one, now)).length,
    undone: settled.filter((one) => one.reversedAt !== null || one.later === "worsened").length,
    ...{ would: would.length, agreed: would.filter(agrees).length },
    brier: brierOf(callsOf(settled, now)),
    ...{ here: here.length, wrongHere: here.filter((one) => !wasRight(one, now)).length },
  };
}

type Line = Pick<Criterion, "id" | "label" | "need"> & { have: (f: Facts) => string; met: (f: Facts) => boolean };

/** The rule of promotion, line by line. */
const LINES: readonly Line[] = [
  {
    ...{ id: "settled", label: "Settled proposals of this kind", need: `at least ${PROMOTION.settled}` },
    have: ({ settled }) => `${settled}`,
    met: ({ settled }) => settled >= PROMOTION.settled,
  },
  {
    ...{
      id: "right",
      label: "Right: approved as proposed, and stood",
      need: `at least ${percent(PROMOTION.rightShare)}`,
    },
    have: ({ right, settled }) => `${percent(ratio(right, settled))} (${right} of ${settled})`,
    met: ({ right, settled }) => (ratio(right, settled) ?? 0) >= PROMOTION.rightShare,
  },
  {
    ...{ id: "undone", label: "Reversed, or made things worse", need: "none" },
    have: ({ undone }) => `${undone}`,
    met: ({ undone }) => undone === 0,
  },
  {
    ...{ id: "would", label: "Auto would have carried out", need: `at least ${PROMOTION.wouldExecute}` },
    have: ({ would }) => `${would}`,
    met: ({ would }) => would >= PROMOTION.wouldExecute,
  },
  {
    ...{ id: "agreement", label: "Of these the person did the same", need: `at least ${percent(PROMOTION.agreement)}` },
    have: ({ agreed, would }) => `${percent(ratio(agreed, would))} (${agreed} of ${would})`,
    met: ({ agreed, would }) => (ratio(agreed, would) ?? 0) >= PROMOTION.agreement,
  },
  {
    ...{ id: "brier", label: "Brier score of the stated confidence", need: `at most ${PROMOTION.brier}` },
    have: ({ brier }) => brier?.toFixed(3) ?? "–",
    met: ({ brier }) => brier !== null && brier <= PROMOTION.brier,
  },
  {
    ...{ id: "here", label: "At this venture, all of them right", need: `at least ${PROMOTION.atVenture}` },
    have: ({ here, wrongHere }) => (wrongHere === 0 ? `${here}` : `${here}, ${wrongHere} of them not right`),
    met: ({ here, wrongHere }) => here >= PROMOTION.atVenture && wrongHere === 0,
  },
];

/** How an agent's record with a class of action stands against the rule, at one venture. */
export function promotionCriteria(cases: readonly RecordCase[], ventureId: string, now: number): Criterion[] {
  const facts = factsOf(cases, ventureId, now);
  return LINES.map(({ have, met, ...line }) => ({ ...line, have: have(facts), met: met(facts) }));
}

/**
 * Does the record earn it? Only for what may ever be routine. The amount is the largest that a person approved as it was
 * proposed, at most the house's limit: nobody is trusted with more than they were seen to do well. Null where the class
 * commits no money.
 */
export function promotionFor(
  cases: readonly RecordCase[],
  ventureId: string,
  now: number,
): { criteria: Criterion[]; earned: boolean; limitUsd: number | null } {
  const criteria = promotionCriteria(cases, ventureId, now);
  const [first] = cases;
  const routine = first !== undefined && mayEverBeRoutine(first.actionClass);
  const amounts = cases.filter(agrees).map(({ amountUsd }) => amountUsd ?? 0);
  const limitUsd = first && commitsMoney(first.actionClass) ? Math.min(50_000, Math.max(0, ...amounts)) : null;
  return { criteria, earned: routine && limitUsd !== 0 && criteria.every(({ met }) => met), limitUsd };
}

export const DEMOTION_RULES = ["reversal", "outcome", "refusals", "calibration", "breach", "wrong-figure"] as const;
export type DemotionRule = (typeof DEMOTION_RULES)[number];
export type DemotionFinding = { rule: DemotionRule; sentence: string; memoIds: string[] };

const finding = (rule: DemotionRule, sentence: string, cases: readonly RecordCase[]): DemotionFinding => ({
  ...{ rule, sentence, memoIds: cases.map(({ memoId }) => memoId) },
});

/** The first rule by which the record takes the right away; null where none does. `lifted`: when it was last given back. */
export function demotionFor(cases: readonly RecordCase[], lifted: number | null, now: number): DemotionFinding | null {
  const counted = since(cases, lifted);
  const own = counted.filter(({ answer }) => answer === "automatic");
  const reversed = own.filter(({ reversedAt }) => reversedAt !== null);
  if (reversed.length > 0) return finding("reversal", "A decision that it took by itself was reversed.", reversed);
  const worse = own.filter(({ later }) => later === "worsened");
  if (worse.length > 0) return finding("outcome", "What it began by itself made things measurably worse.", worse);
  const newest = settledCases(counted, now);
  const wrong = newest.slice(0, DEMOTION.looked).filter((one) => !wasRight(one, now));
  if (wrong.length >= DEMOTION.wrong) {
    const sentence = `Of its last ${Math.min(DEMOTION.looked, newest.length)} proposals ${wrong.length} were amended, refused or reversed.`;
    return finding("refusals", sentence, wrong);
  }
  const stated = newest.filter(({ probability }) => probability !== null).slice(0, DEMOTION.calls);
  const brier = brierOf(callsOf(stated, now));
  if (brier === null || stated.length < DEMOTION.fewestCalls || brier <= DEMOTION.brier) return null;
  const sentence = `Its stated confidence was off: a Brier score of ${brier.toFixed(2)} over ${stated.length} proposals.`;
  return finding("calibration", sentence, stated);
}
