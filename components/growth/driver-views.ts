import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureView } from "@/lib/figures/schema";
import type { VentureDrivers } from "@/lib/growth/queries/drivers/drivers";
import type { DriverRow, HorizonSheet } from "@/lib/growth/rules/drivers/driver-horizon";

export const MEASURES = ["revenue", "valuation", "proceeds"] as const;
export type MeasureName = (typeof MEASURES)[number];
export const MONTHS = [12, 24] as const;

export type DriverView = { months: (typeof MONTHS)[number]; by: MeasureName };

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** What the address asks for; anything else is the next twelve months of revenue. */
export const parseDriverView = (params: SearchParams): DriverView => ({
  months: params.months === "24" ? 24 : 12,
  by: MEASURES.find((measure) => measure === params.by) ?? "revenue",
});

export const driverHref = (path: string, { months, by }: DriverView): string => `${path}?months=${months}&by=${by}`;

/** How a figure of the sheet is shown: stored with its proof when somebody opens it. */
export function viewerOf({ venture, to, kept }: VentureDrivers): (figure: Figure) => FigureView {
  const ask = { of: "growth.drivers", args: { venture: venture.id, to, tree: kept.version } };
  return (figure) => askedView(figure, ask);
}

const size = (row: DriverRow, by: MeasureName): number =>
  Math.max(Math.abs(Number(row[by].up.value ?? 0)), Math.abs(Number(row[by].down.value ?? 0)));

/** Largest change first; drivers that move it alike stay in the tree's order. */
export const rankedRows = (sheet: HorizonSheet, by: MeasureName): DriverRow[] =>
  [...sheet.rows].sort((a, b) => size(b, by) - size(a, by));
