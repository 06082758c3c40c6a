import NextLink from "next/link";
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
            <NextLink rel="prev" href={hrefOf(page - 1)} className={buttonStyle("plain")}>
              ← Earlier
            </NextLink>
          ) : null}
          {page < pages ? (
            <NextLink rel="next" href={hrefOf(page + 1)} className={buttonStyle("plain")}>
              More →
            </NextLink>
          ) : null}
        </span>
      ) : null}
    </nav>
  );
}
