import "server-only";
import { parseDate } from "@internationalized/date";
import { z } from "zod";
import type { db, Tx } from "@/lib/db";
import type { Figure, FigureAsk } from "@/lib/figures/schema";
import { loadDoneWhen } from "@/lib/growth/queries/initiatives/initiatives";
import { dayDate } from "@/lib/metrics/rules/periods";
import { readEntryFacts } from "@/lib/ventures/queries";
import { COUNTED, type Counted, type CountedRows, type FactValues, stageFigures } from "../rules/stage-figures";
import { loadSale, payeeBalances } from "./realization-facts";

type Reader = Tx | typeof db;
export type StageVenture = Awaited<ReturnType<Tx["venture"]["findUniqueOrThrow"]>>;

const metricOf = (dataset: Counted): string => dataset.replace(/^metric:/, "");
/** Before anything that is stored. */
const FROM = "1900-01-01";

/** The rows behind what is counted, as they can be read again. */
async function countedRows(tx: Reader, ventureId: string, today: string): Promise<CountedRows> {
  const stored = await tx.datasetVersion.findMany({ where: { ventureId, dataset: { in: [...COUNTED] } } });
  const versions = new Map(stored.map(({ dataset, version }) => [dataset, version]));
  const rows: Readonly<Record<Counted, (of: Counted) => Promise<number>>> = {
    ...{ "metric:revenue": metricRows, "metric:valuation": metricRows, "metric:exit_readiness": metricRows },
    initiatives: () => tx.initiative.count({ where: { ventureId } }),
    bidders: () => tx.deal.count({ where: { ventureId } }),
    ledger: () =>
      tx.ledgerPosting.count({ where: { ventureId, transaction: { effectiveOn: { lte: dayDate(today) } } } }),
  };
  async function metricRows(dataset: Counted): Promise<number> {
    const where = { ventureId, metric: metricOf(dataset), basis: "actual" as const, supersededAt: null };
    return tx.metricPoint.count({ where: { ...where, periodStart: { lte: dayDate(today) } } });
  }
  const found = [];
  for (const dataset of COUNTED) {
    const filter = dataset.startsWith("metric:") ? { metric: metricOf(dataset), from: FROM, to: today } : { to: today };
    found.push([dataset, { version: versions.get(dataset) ?? 0, rows: await rows[dataset](dataset), filter }]);
  }
  return Object.fromEntries(found) as CountedRows;
}

const HALF_DAY_MS = 12 * 3_600_000;
/** A moment that lies in the day at the venture, whatever its clocks do that day. */
const noonOf = (day: string, timeZone: string): Date =>
  new Date(parseDate(day).toDate(timeZone).getTime() + HALF_DAY_MS);

/** What the gates and criteria count, on a day, with the lines that are judged by it. */
export async function loadStageFacts(tx: Tx, venture: StageVenture, today: string) {
  const { id: ventureId } = venture;
  const entry = await readEntryFacts(tx, ventureId);
  const growth = await loadDoneWhen(tx, ventureId, today);
  const { sale } = await loadSale(tx, venture, noonOf(today, venture.timeZone));
  const owed = (await payeeBalances(tx, ventureId)).filter(({ signedMinor }) => signedMinor < 0n);
  const begun = growth.initiatives.filter(({ status }) => status !== "planned" && status !== "stopped");
  const verdicts = (wanted: string) => growth.initiatives.filter(({ verdict }) => verdict === wanted).length;
  const stages = (wanted: readonly string[]) => sale.deals.filter(({ stage }) => wanted.includes(stage)).length;
  const values: FactValues = {
    maturity: entry.maturityScore,
    "metrics-positive": `${entry.metrics.filter(({ positive }) => positive === true).length}`,
    "metrics-period": `${entry.metricsMonths}`,
    levers: growth.analysis ? `${growth.analysis.levers}` : null,
    executed: `${begun.filter(({ milestones, reached }) => milestones > 0 && reached === milestones).length}`,
    ...{ improved: `${verdicts("improved")}`, worsened: `${verdicts("worsened")}` },
    agreed: `${stages(["definitive-agreement", "closing", "complete"])}`,
    completed: `${stages(["complete"])}`,
    distributions: `${sale.money.distributions}`,
    payable: `${owed.length}`,
    deferred: `${sale.money.deferred}`,
  };
  const figures = stageFigures({ ventureId, today, counted: await countedRows(tx, ventureId, today) }, values);
  return { entry, growth, sale, figures };
}

const argsSchema = z.object({ day: z.iso.date() });

async function figuresOn(tx: Tx, ventureId: string, day: unknown): Promise<Figure[] | null> {
  const read = argsSchema.safeParse({ day });
  const venture = await tx.venture.findUnique({ where: { id: ventureId } });
  return read.success && venture ? Object.values((await loadStageFacts(tx, venture, read.data.day)).figures) : null;
}

/** How the figures of gates and criteria are made when somebody opens one. */
export const STAGE_ASKS = {
  "stage.facts": (tx: Tx, ventureId: string, args: FigureAsk["args"]) => figuresOn(tx, ventureId, args.day),
} as const;

export async function recomputeStageFigure(
  tx: Tx,
  { figure, ventureId }: { figure: Figure; ventureId: string | null },
): Promise<Figure[] | null> {
  const { day } = figure.inputs;
  return ventureId && day && "value" in day ? figuresOn(tx, ventureId, day.value) : null;
}
