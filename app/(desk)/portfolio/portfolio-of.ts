import { redirect } from "next/navigation";
import { portfolioLineOf } from "@/components/ventures/line-of";
import type { PageState } from "@/components/ventures/pages-of";
import type { PortfolioLine } from "@/components/ventures/venture-line";
import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { getPortfolioPage } from "@/lib/reports/queries/portfolio";
import type { KeptView } from "@/lib/reports/queries/portfolio-views";
import type { PortfolioView } from "@/lib/reports/schema/portfolio";
import { hrefOf, viewOfQuery } from "@/lib/reports/schema/portfolio-view";

export type PortfolioLines = {
  path: string;
  view: PortfolioView;
  lines: PortfolioLine[];
  page: PageState;
  now: Date;
};

/** What both lists of ventures show: the rows that the view asks for. */
export async function portfolioOf(actor: Actor, path: string, view: PortfolioView): Promise<PortfolioLines> {
  const now = clock.now();
  const { rows, found, page, pages, first } = await getPortfolioPage(actor, view, now);
  const last = first > 0 ? first + rows.length - 1 : 0;
  return {
    path,
    view: { ...view, page },
    lines: rows.map((row) => portfolioLineOf(row, now)),
    page: { page, pages, found, first, last },
    now,
  };
}

/** An address that says nothing opens with the view that its reader has chosen for that. */
export function openWithStart(path: string, asked: object, views: readonly KeptView[]): void {
  if (Object.keys(asked).length > 0) return;
  const start = views.find((view) => view.start);
  if (start) redirect(hrefOf(path, viewOfQuery(start.query, start.id)));
}
