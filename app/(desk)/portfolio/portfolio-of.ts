import { lineOf } from "@/components/ventures/line-of";
import type { LinePage } from "@/components/ventures/line-table";
import { pageOf, parseView, type SearchParams } from "@/components/ventures/portfolio-view";
import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { listVentureRows } from "@/lib/reports/queries/venture-rows";

/** What both lists of ventures show: the rows that the address asks for, and whether there are any at all. */
export async function portfolioOf(
  actor: Actor,
  path: string,
  searchParams: Promise<SearchParams>,
): Promise<{ any: boolean; lines: LinePage }> {
  const now = clock.now();
  const view = parseView(await searchParams);
  const rows = await listVentureRows(actor);
  const page = pageOf(
    rows.map((row) => lineOf(row, now)),
    view,
  );
  return { any: rows.length > 0, lines: { path, view, page, now } };
}
