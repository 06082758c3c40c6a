import "server-only";
import type { Tx } from "@/lib/db";
import { unitSchema } from "@/lib/figures/schema";
import { dayText } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import { resolveStored } from "@/lib/ventures/queries";
import { directiveRef, type Evidence } from "../schema";
import type { RetrospectiveDocument } from "../schema/documents";

type Exit = Omit<
  RetrospectiveDocument,
  "schema" | "kind" | "id" | "number" | "issuedAt" | "venture" | "boundary" | "answerWith"
>;

const day = (date: Date): string => dayText(date);
const maybeDay = (date: Date | null): string | null => date && day(date);
const MOST = 500;

async function stageOf(tx: Tx, ventureId: string, ordinal: number): Promise<Exit["stage"]> {
  const [record, settings, certificate] = await Promise.all([
    tx.stageRecord.findUniqueOrThrow({ where: { ventureId_ordinal: { ventureId, ordinal } } }),
    tx.ventureSettings.findUnique({ where: { ventureId } }),
    tx.stageCertificate.findUnique({ where: { ventureId_ordinal: { ventureId, ordinal } }, select: { id: true } }),
  ]);
  const { profile, autonomy } = resolveStored(
    settings ?? { profile: "balanced" as const, autonomy: "assisted" as const, overrides: {} },
  );
  const { enteredAt, endedAt, outcome } = record;
  return {
    ...{ ordinal, enteredOn: day(enteredAt), endedOn: maybeDay(endedAt), outcome },
    ...{ profile: settings?.profile ?? profile, autonomy, certificate: certificate?.id ?? null },
  };
}

async function preparationsOf(tx: Tx, ventureId: string): Promise<Exit["preparations"]> {
  const rows = await tx.exitPreparation.findMany({
    where: { ventureId },
    orderBy: { ordinal: "asc" },
    include: { _count: { select: { rounds: true } } },
  });
  return rows.map(({ startedOn, endedAt, status, reason, _count }) => ({
    ...{ startedOn: day(startedOn), endedOn: maybeDay(endedAt), status, reason, rounds: _count.rounds },
  }));
}

async function saleOf(tx: Tx, ventureId: string): Promise<Exit["sale"]> {
  const [deals, offers, moves] = await Promise.all([
    tx.deal.findMany({ where: { ventureId }, include: { steps: { where: { to: "complete", undoneAt: null } } } }),
    tx.offer.count({ where: { ventureId } }),
    tx.realizationMove.findMany({ where: { realization: { ventureId } }, orderBy: { at: "asc" }, take: MOST }),
  ]);
  const complete = deals.find(({ stage }) => stage === "complete");
  const step = complete?.steps.at(-1);
  return {
    ...{ bidders: deals.length, fallen: deals.filter(({ stage }) => stage === "fallen-through").length, offers },
    phases: moves.map(({ at, text }) => ({ at: at.toISOString(), text })),
    completed: complete && step ? { bidder: complete.bidder, on: day(step.happened) } : null,
  };
}

async function soldFor(tx: Tx, ventureId: string): Promise<Exit["value"]> {
  const [points, paid] = await Promise.all([
    tx.metricPoint.findMany({
      where: { ventureId, metric: "valuation", basis: "actual", supersededAt: null },
      orderBy: [{ periodStart: "asc" }, { asOf: "asc" }],
      take: MOST,
    }),
    // What was undone by its mirror was not paid.
    tx.distribution.findMany({
      where: { basis: { ventureId }, transaction: { reversedBy: null } },
      orderBy: [{ paidOn: "asc" }, { ordinal: "asc" }],
      include: { basis: { select: { currency: true } } },
      take: MOST,
    }),
  ]);
  return {
    valuations: points.map(({ periodStart, value, currency }) => {
      return { on: day(periodStart), value: new Exact(value.toString()).toFixed(), currency };
    }),
    paid: paid.map(({ label, amountMinor, paidOn, basis }) => {
      return { what: label, amount: { minor: String(amountMinor), currency: basis.currency }, on: day(paidOn) };
    }),
  };
}

/** The score of the last day of each month that has one. */
async function readinessOf(tx: Tx, ventureId: string): Promise<Exit["readiness"]> {
  const rows = await tx.readinessDay.findMany({ where: { ventureId }, orderBy: { day: "asc" } });
  const ofMonth = new Map(
    rows.flatMap((row) => (row.score ? [[day(row.day).slice(0, 7), row]] : [])) as [string, (typeof rows)[number]][],
  );
  return [...ofMonth.values()].map((row) => ({ on: day(row.day), score: row.score?.toFixed() ?? "0" }));
}

type Refs = Readonly<Record<string, { id: string; revision: number } | undefined>>;

/** Of each measurement the figures that it kept, as they were. */
async function verdictsOf(tx: Tx, rows: readonly { reviewOn: Date; verdict: string; figures: unknown }[]) {
  return Promise.all(
    rows.map(async ({ reviewOn, verdict, figures }) => {
      const refs = Object.values((figures ?? {}) as Refs).flatMap((ref) => (ref?.id ? [ref] : []));
      const stored = await tx.figure.findMany({ where: { OR: refs.map(({ id, revision }) => ({ id, revision })) } });
      const evidence = stored.map(({ id, revision, label, value, unit, asOf }): Evidence => {
        return { label, value, unit: unitSchema.parse(unit), asOf: day(asOf), figure: { id, revision } };
      });
      return { on: day(reviewOn), verdict, evidence };
    }),
  );
}

async function initiativesOf(tx: Tx, ventureId: string): Promise<Exit["initiatives"]> {
  const rows = await tx.initiative.findMany({
    where: { ventureId },
    orderBy: { createdAt: "asc" },
    include: { measurements: { orderBy: { reviewOn: "asc" } } },
    take: MOST,
  });
  const told = [];
  for (const { title, lever, status, budgetMinor, currency, startedOn, endedOn, measurements } of rows) {
    const budget = { minor: String(budgetMinor), currency };
    const days = { startedOn: maybeDay(startedOn), endedOn: maybeDay(endedOn) };
    told.push({ title, lever, status, budget, ...days, verdicts: await verdictsOf(tx, measurements) });
  }
  return told;
}

async function decisionsOf(tx: Tx, ventureId: string): Promise<Exit["decisions"]> {
  const [memos, byPolicy] = await Promise.all([
    tx.memo.groupBy({ by: ["status"], where: { ventureId }, _count: true }),
    tx.event.count({ where: { chain: ventureId, type: "memo.approved-by-policy" } }),
  ]);
  const of = (...statuses: string[]) =>
    memos.filter(({ status }) => statuses.includes(status)).reduce((sum, { _count }) => sum + _count, 0);
  return {
    memos: memos.reduce((sum, { _count }) => sum + _count, 0),
    ...{ approved: of("approved", "conditional"), rejected: of("rejected"), reversed: of("reversed"), byPolicy },
  };
}

/** Everything of a life in stage 40 that another house can learn from, from stored rows. */
export async function loadExitStory(tx: Tx, ventureId: string, ordinal: number): Promise<Exit> {
  const [directives, risks] = await Promise.all([
    tx.directive.findMany({ where: { ventureId }, orderBy: { number: "asc" }, take: MOST }),
    tx.risk.findMany({ where: { ventureId }, orderBy: { openedAt: "asc" }, take: MOST }),
  ]);
  return {
    stage: await stageOf(tx, ventureId, ordinal),
    preparations: await preparationsOf(tx, ventureId),
    sale: await saleOf(tx, ventureId),
    value: await soldFor(tx, ventureId),
    readiness: await readinessOf(tx, ventureId),
    initiatives: await initiativesOf(tx, ventureId),
    decisions: await decisionsOf(tx, ventureId),
    directives: directives.map(({ number, trigger, title, firedAt }) => {
      return { number: directiveRef(number), trigger, title, firedAt: firedAt.toISOString() };
    }),
    risks: risks.map(({ title, likelihood, impact, status }) => ({ title, likelihood, impact, status })),
  };
}
