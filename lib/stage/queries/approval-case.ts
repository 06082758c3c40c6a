import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { listPlaced } from "@/lib/buyers/queries";
import type { Tx } from "@/lib/db";
import type { ExitApprovalFacts } from "@/lib/decisions/rules/exit-approval-memo";
import { neededBy } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { findTimedVenture, loadTiming } from "@/lib/market/queries/timing";
import { partOf as timingPart } from "@/lib/market/rules/timing-figures";
import type { VerdictFound } from "@/lib/market/rules/verdict";
import { HORIZONS } from "@/lib/market/schema/timing";
import { atOneMoment } from "@/lib/metrics/queries/performance";
import { loadAssessment } from "@/lib/readiness/queries/assessment";
import { criterionOf } from "@/lib/readiness/rules/criteria";
import { computeValuation, loadKept } from "@/lib/valuation/queries/compute";
import { ENDS } from "@/lib/valuation/rules/holder-proceeds";
import { partOf as valuationPart } from "@/lib/valuation/rules/venture-figures";
import { isQualified } from "../rules/exit-figures";
import { episode } from "../rules/exit-round";
import { branchFactsSchema } from "../schema/exit";
import { type ExitCase, loadExitCase, memoFigures } from "./exit-case";

export type Assessment = Awaited<ReturnType<typeof loadAssessment>>;
type Venture = Parameters<typeof loadAssessment>[1];

/** A figure that is known, as a memo names it. */
const idOf = (figure: Figure | undefined): string | null => (figure && figure.value !== null ? figure.id : null);

/** The newest kept valuation as it comes out today: the range, and what reaches the group and every holder of it. */
async function valueCase(tx: Tx, venture: Venture) {
  const kept = await loadKept(tx, venture.id, null);
  if (!kept) return { values: [], holders: [], told: [] };
  const { figures, holders } = await computeValuation(tx, venture, kept);
  const byPart = new Map(figures.map((figure) => [valuationPart(figure), figure]));
  const line = (label: string, parts: Record<(typeof ENDS)[number], string>) => {
    const [low, central, high] = ENDS.map((end) => idOf(byPart.get(parts[end])));
    return { label, low: low ?? null, central: central ?? null, high: high ?? null };
  };
  const range = (label: string, part: string) =>
    line(label, { low: `${part}.low`, central: part, high: `${part}.high` });
  const drawn = (label: string, part: string) =>
    line(label, { low: `${part}.p10`, central: `${part}.p50`, high: `${part}.p90` });
  const named = holders.map(({ id, name }) =>
    line(name, { low: `holder.${id}.low`, central: `holder.${id}.central`, high: `holder.${id}.high` }),
  );
  const values = [
    range("Enterprise value", "enterprise"),
    range("Equity value", "equity"),
    range("The group’s net proceeds", "group"),
    drawn("The group’s net proceeds, simulated (P10, median, P90)", "simulated.group"),
  ];
  const quoted = new Set([...values, ...named].flatMap(({ low, central, high }) => [low, central, high]));
  const told = figures.filter(({ id }) => quoted.has(id)).flatMap((figure) => neededBy(figure, figures));
  return { values, holders: named, told };
}

const MARKETS = {
  open: "the market is open",
  between: "the market is neither open nor shut",
  shut: "the market is shut",
} as const;

function reasonsOf({ market, ready, short, waitingPays }: VerdictFound): string[] {
  return [
    ...(market ? [MARKETS[market]] : []),
    ready ? "the venture is ready" : "the venture is not ready yet",
    short ? "the cash does not last long" : "the cash lasts",
    waitingPays ? "waiting is likelier to be worth more" : "waiting is not likely enough to be worth more",
  ];
}

async function timingOf(tx: Tx, ventureId: string, today: string) {
  const venture = await findTimedVenture(tx, ventureId);
  if (!venture) return { timing: { verdict: null, reasons: [], score: null, waiting: [] }, told: [] };
  const { timing, figures } = await loadTiming(tx, venture, today, null);
  const byPart = new Map(figures.map((figure) => [timingPart(figure), figure]));
  const of = (part: string) => idOf(byPart.get(part));
  const waiting = timing.waiting
    ? HORIZONS.map((months) => {
        const part = (name: string) => of(`waiting.${months}.${name}`);
        return {
          ...{ months, p10: part("p10"), p50: part("p50"), p90: part("p90") },
          ...{ beats: part("beats"), breakEven: part("breakEven") },
        };
      })
    : [];
  const score = of("score");
  const quoted = new Set([score, ...waiting.flatMap(({ months: _, ...ids }) => Object.values(ids))]);
  const told = figures.filter(({ id }) => quoted.has(id)).flatMap((figure) => neededBy(figure, figures));
  const { verdict } = timing.verdict;
  return { timing: { verdict, reasons: verdict ? reasonsOf(timing.verdict) : [], score, waiting }, told };
}

const KINDS = { strategic: "strategic", financial: "financial", management: "management" } as const;
const STAGES = {
  ...{ identified: "identified", nda: "NDA signed", teaser: "teaser sent", memorandum: "memorandum sent" },
  ...{ ioi: "indication of interest", loi: "letter of intent", declined: "declined" },
} as const;

async function buyersOf(tx: Tx, venture: Venture, today: string) {
  const qualified = (await listPlaced(tx, venture, today))
    .filter(isQualified)
    .toSorted((a, b) => (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER));
  const buyers = qualified.map(({ name, kind, tier, stage, score, capacity }) => ({
    ...{ name, kind: KINDS[kind], tier, stage: STAGES[stage], fit: idOf(score), capacity: idOf(capacity) },
  }));
  return { buyers, told: qualified.flatMap(({ capacity, score }) => [capacity, score]) };
}

type Preparation = { id: string; startedOn: string };

/** The whole case of an exit with every figure that it quotes, the ones below first. */
export async function loadApprovalFacts(
  tx: Tx,
  venture: Venture,
  { id: preparationId, startedOn }: Preparation,
  { exit, assessment, artefactId }: { exit: ExitCase; assessment: Assessment; artefactId: string | null },
): Promise<{ facts: ExitApprovalFacts; told: Figure[] }> {
  const value = await valueCase(tx, venture);
  const time = await timingOf(tx, venture.id, exit.today);
  const buyers = await buyersOf(tx, venture, exit.today);
  const { score, coverage } = assessment;
  const own = [score, coverage].flatMap((figure) => neededBy(figure, assessment.figures));
  const facts: ExitApprovalFacts = {
    ...{ preparationId, startedOn, venture: venture.name, currency: venture.currency },
    ...{ valuedOn: exit.valuedOn, criteria: exit.criteria, artefactId },
    figures: memoFigures({ ...exit.figures, readiness: score, coverage }),
    ...{ values: value.values, holders: value.holders, buyers: buyers.buyers, timing: time.timing },
    flags: assessment.scored.gates.map((gate) => criterionOf(gate)?.label ?? gate),
    unanswered: assessment.lines.filter(({ figure }) => figure.value === null).map(({ criterion }) => criterion.label),
  };
  const made = [...own, ...value.told, ...time.told, ...buyers.told];
  // What comes out today stands before what was kept.
  const fresh = new Set(made.map(({ id }) => id));
  return { facts, told: [...made, ...exit.told.filter(({ id }) => !fresh.has(id))] };
}

export const approvalKey = (preparationId: string, cause: number): string => `exit:${preparationId}:approval:${cause}`;

export type ApprovalCase = { ok: true; facts: ExitApprovalFacts; dedupeKey: string } | { ok: false; why: string };

/** The facts of an exit-approval memo, where a round of the running preparation found readiness at its target. */
export async function getApprovalCase(actor: Actor, ventureId: string, now: Date): Promise<ApprovalCase> {
  return atOneMoment(async (tx) => {
    const exit = await loadExitCase(tx, actor, ventureId, now);
    const { preparationId, startedOn } = exit;
    if (!preparationId || !startedOn) return { ok: false, why: "a venture whose exit preparation runs" };
    const rounds = await tx.exitRound.findMany({ where: { preparationId }, orderBy: { round: "asc" } });
    const values = rounds.map(({ diligence }) =>
      diligence === null ? null : branchFactsSchema.parse(diligence).readiness,
    );
    const { count, reached } = episode(values, exit.target);
    if (!reached) return { ok: false, why: "readiness at the profile's target when it was last checked" };
    const venture = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
    const assessment = await loadAssessment(tx, venture, exit.today);
    const preparation = { id: preparationId, startedOn };
    const { facts } = await loadApprovalFacts(tx, venture, preparation, { exit, assessment, artefactId: null });
    return { ok: true, facts, dedupeKey: approvalKey(preparationId, count) };
  });
}
