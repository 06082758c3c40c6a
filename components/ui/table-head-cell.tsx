import type { ReactNode } from "react";
import { AppLink } from "./app-link";
import { classNames } from "./class-names";

export type SortDirection = "ascending" | "descending";

type HeadCellProps = {
  children: ReactNode;
  /** "€ k": once in the head, never in the cells. */
  unit?: string;
  numeric?: boolean;
  /** How the column is sorted now; null: sortable, but not sorted by it. Leave out: not sortable. */
  sort?: SortDirection | null;
  /** Sorting by address (server) … */
  sortHref?: string;
  /** … or by handler (browser). */
  onSort?: () => void;
  className?: string;
};

const ARROWS = { ascending: "↑", descending: "↓" } as const;

export function TableHeadCell({ children, unit, numeric, sort, sortHref, onSort, className }: HeadCellProps) {
  const arrow = sort === undefined ? null : <SortArrow sort={sort} />;
  const content = (
    <>
      {numeric ? arrow : null}
      {children}
      {unit ? <span className="font-normal"> {unit}</span> : null}
      {numeric ? null : arrow}
    </>
  );
  const control = "rounded-sm hover:underline underline-offset-3 inline-block min-h-6 content-end touch:min-h-11";
  return (
    <th
      scope="col"
      aria-sort={sort ?? undefined}
      className={classNames(
        "px-2 py-1 text-left align-bottom text-sm font-medium whitespace-nowrap text-muted first:pl-0 last:pr-0",
        numeric && "text-right",
        className,
      )}
    >
      {sortHref ? (
        <AppLink href={sortHref} scroll={false} className={control}>
          {content}
        </AppLink>
      ) : onSort ? (
        <button type="button" onClick={onSort} className={control}>
          {content}
        </button>
      ) : (
        content
      )}
    </th>
  );
}

/** Before a number's heading, after a text's: the heading's edge stays in line with its column. */
function SortArrow({ sort }: { sort: SortDirection | null }) {
  return (
    <span aria-hidden="true" className={classNames("mx-1", sort ? "text-ink" : "invisible")}>
      {ARROWS[sort ?? "descending"]}
    </span>
  );
}
