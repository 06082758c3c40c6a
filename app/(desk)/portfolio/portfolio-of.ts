import { lineOf, measureOf } from "@/components/ventures/line-of";
import type { LinePage } from "@/components/ventures/line-table";
import { type PortfolioView, pageOf, parseView, type SearchParams } from "@/components/ventures/portfolio-view";
import { COLUMNS } from "@/components/ventures/venture-line";
import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { listVentureFacts, listVentureRows, listVentureRowsOf } from "@/lib/reports/queries/venture-rows";

/** What both lists of ventures show: the rows that the address asks for, and whether there are any at all. */
export async function portfolioOf(
  actor: Actor,
  path: string,
  searchParams: Promise<SearchParams>,
): Promise<{ any: boolean; lines: LinePage }> {
  const now = clock.now();
  const view = parseView(await searchParams);
  // All are read to order and count them; what a row shows beyond that only for the rows on the page.
  const rows = isByFacts(view) ? await listVentureFacts(actor) : await listVentureRows(actor, measuresFor(view));
  const found = pageOf(
    rows.map((row) => lineOf(row, now)),
    view,
  );
  const ids = found.lines.map((line) => line.id);
  const shown = new Map((await listVentureRowsOf(actor, ids)).map((row) => [row.id, lineOf(row, now)]));
  const page = { ...found, lines: found.lines.map((line) => shown.get(line.id) ?? line) };
  return { any: rows.length > 0, lines: { path, view, page, now } };
}

const isByFacts = ({ sort, level }: PortfolioView): boolean => !level && (sort === "name" || sort === "sector");

/** What the order and the filter need to know of every venture. */
function measuresFor({ sort, level }: PortfolioView): readonly string[] | undefined {
  if (level) return undefined;
  return COLUMNS.flatMap((column) => (column === sort ? measureOf(column) : []));
}
