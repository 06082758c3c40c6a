import "server-only";
import { z } from "zod";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { listFigureViews } from "@/lib/figures/queries";
import { askedView, neededBy } from "@/lib/figures/rules";
import { type Figure, type FigureAsk, type FigureView, SHARED_DATA } from "@/lib/figures/schema";
import { atOneMoment } from "@/lib/metrics/queries/performance";
import type { PerformanceTable } from "@/lib/metrics/queries/performance-page";
import { loadResolvedSeries } from "@/lib/metrics/queries/series";
import { monthEnd } from "@/lib/metrics/rules/periods";
import { storedPointFigure } from "@/lib/metrics/rules/point-figures";
import type { VentureFacts } from "@/lib/metrics/rules/venture-facts";
import { KEPT_KEYS, type KeptCell, type KeptWindow, keptCell } from "../../rules/forecast/kept-window";
import { loadKept } from "./forecast-records";

type Asked = { ventureId: string; month: string; span: number };

const FLOWS = ["revenue", "new_customers", "net_burn"] as const;

/** What was kept of a venture and what came of it; null where nothing was kept. */
async function loadWindow(tx: Tx, { ventureId, month, span }: Asked, kept?: string): Promise<KeptWindow | null> {
  const records = await loadKept(tx, ventureId);
  const known = records.filter(({ madeOn }) => !kept || madeOn <= kept);
  if (known.length === 0) return null;
  const { id, currency } = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const versions = await tx.datasetVersion.findMany({ where: { ventureId: { in: [id, SHARED_DATA] } } });
  const today = monthEnd(`${month}-01`);
  const flows = FLOWS.filter((flow) => known.some(({ metric }) => metric === flow));
  const facts: VentureFacts = {
    ...{ venture: { id, currency }, today, financeThrough: null, invoices: null },
    series: flows.length > 0 ? await loadResolvedSeries(tx, { id, currency }, flows, today) : new Map(),
    versions: new Map(versions.map((row) => [row.dataset, row.version])),
    billing: { facts: null, reason: "no-data" },
  };
  const came: KeptWindow["came"] = (metric, period) => storedPointFigure(facts, metric, period);
  return { venture: facts.venture, month, span, records: known, came };
}

const figuresOf = (cell: KeptCell | null): Figure[] => (cell && "figures" in cell ? cell.figures : []);

function viewOf(cell: KeptCell, { ventureId, month, span }: Asked): FigureView | null {
  const figure = figuresOf(cell).at(-1);
  const kept = figure?.inputs.kept;
  if (!figure || !kept || !("value" in kept)) return null;
  const args = { venture: ventureId, month, span, kept: String(kept.value) };
  return askedView(figure, { of: "kept-window", args });
}

/**
 * The measures of a window with what had been forecast of it: a forecast that was given stands, else what follows from
 * forecasts as they were kept.
 */
export async function withKeptForecasts(
  actor: Actor,
  table: PerformanceTable,
  { ventureId, span }: { ventureId: string; span: number },
): Promise<PerformanceTable> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const asked = { ventureId, span, month: table.through.slice(0, 7) };
  const window = await atOneMoment((tx) => loadWindow(tx, asked));
  const cells = new Map(KEPT_KEYS.flatMap((key) => [[key, window && keptCell(window, key)] as const]));
  const refs = [...cells.values()].flatMap((cell) => (cell && "ref" in cell ? [cell.ref] : []));
  const views = new Map((await listFigureViews(actor, refs)).map((view) => [`${view.id}:${view.revision}`, view]));
  const keptOf = (key: string): FigureView | null => {
    const cell = cells.get(key);
    if (!cell) return null;
    return "ref" in cell ? (views.get(`${cell.ref.id}:${cell.ref.revision}`) ?? null) : viewOf(cell, asked);
  };
  const groups = table.groups.map(({ title, rows }) => ({
    title,
    rows: rows.map((row) => ({ ...row, forecast: row.forecast ?? keptOf(row.key) })),
  }));
  return { ...table, groups };
}

const args = z.object({
  month: z.string().regex(/^\d{4}-\d{2}$/),
  span: z.number().int().min(1).max(12),
  kept: z.iso.date(),
});

/** All figures of the column as the facts are now, from forecasts that were kept by a day. */
export async function keptWindowAgain(tx: Tx, ventureId: string, raw: FigureAsk["args"]): Promise<Figure[] | null> {
  const read = args.safeParse(raw);
  if (!read.success) return null;
  const { kept, ...asked } = read.data;
  const window = await loadWindow(tx, { ventureId, ...asked }, kept);
  const figures = window ? KEPT_KEYS.flatMap((key) => figuresOf(keptCell(window, key))) : [];
  return [...new Map(figures.map((figure) => [figure.id, figure])).values()];
}

type Stored = { figure: Figure; ventureId: string | null };

export async function recomputeKeptWindow(tx: Tx, { figure, ventureId }: Stored): Promise<Figure[] | null> {
  if (!ventureId) return null;
  const plain = Object.entries(figure.inputs).flatMap(([name, input]) =>
    "value" in input && (typeof input.value === "string" || typeof input.value === "number")
      ? [[name, input.value] as const]
      : [],
  );
  const figures = await keptWindowAgain(tx, ventureId, Object.fromEntries(plain));
  const again = figures?.find((one) => one.id === figure.id);
  return figures && again ? neededBy(again, figures) : null;
}
