import { AppLink } from "./app-link";
import { buttonStyle } from "./button-style";

type PaginationProps = {
  /** From 1. */
  page: number;
  pages: number;
  /** "1–50 of 1,000 ventures" */
  summary: string;
  hrefOf: (page: number) => string;
};

export function Pagination({ page, pages, summary, hrefOf }: PaginationProps) {
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-3 pt-3 text-sm">
      <span className="text-muted">{summary}</span>
      {pages > 1 ? (
        <span className="flex gap-2">
          {page > 1 ? (
            <AppLink rel="prev" href={hrefOf(page - 1)} className={buttonStyle("plain")}>
              ← Earlier
            </AppLink>
          ) : null}
          {page < pages ? (
            <AppLink rel="next" href={hrefOf(page + 1)} className={buttonStyle("plain")}>
              More →
            </AppLink>
          ) : null}
        </span>
      ) : null}
    </nav>
  );
}
