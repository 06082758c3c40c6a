import type { ReactNode } from "react";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { PortfolioView, SortKey } from "@/lib/reports/schema/portfolio";
import { hrefOf } from "@/lib/reports/schema/portfolio-view";

type SortHeadProps = {
  path: string;
  view: PortfolioView;
  by: SortKey;
  numeric?: boolean;
  unit?: string;
  children: ReactNode;
};

/** First press sorts numbers from the top and words from A; the next one turns it round. */
export function SortHead({ path, view, by, numeric, unit, children }: SortHeadProps) {
  const current = view.sort === by;
  const descending = current ? !view.descending : (numeric ?? false);
  return (
    <TableHeadCell
      numeric={numeric}
      unit={unit}
      sort={current ? (view.descending ? "descending" : "ascending") : null}
      sortHref={hrefOf(path, view, { sort: by, descending })}
    >
      {children}
    </TableHeadCell>
  );
}
