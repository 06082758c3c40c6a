import { Pagination } from "@/components/ui/pagination";
import { formatNumber } from "@/lib/format";
import type { PortfolioView } from "@/lib/reports/schema/portfolio";
import { hrefOf } from "@/lib/reports/schema/portfolio-view";

/** Which part of what was found is on the screen; both from 1, 0 where there is nothing. */
export type PageState = { page: number; pages: number; found: number; first: number; last: number };

export function PagesOf({ path, view, page }: { path: string; view: PortfolioView; page: PageState }) {
  return (
    <Pagination
      page={page.page}
      pages={page.pages}
      summary={`${page.first}–${page.last} of ${formatNumber(page.found)} ventures`}
      hrefOf={(target) => hrefOf(path, view, { page: target })}
    />
  );
}
