import type { ReactNode } from "react";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatAge } from "@/lib/format";
import type { PortfolioView, SortKey } from "@/lib/reports/schema/portfolio";
import { type PageState, PagesOf } from "./pages-of";
import { SortHead } from "./sort-head";
import type { VentureLine } from "./venture-line";

export type LineColumn = {
  key: string;
  /** What its heading sorts by; null where nothing can be sorted. */
  by: SortKey | null;
  label: ReactNode;
  numeric?: boolean;
  className?: string;
  cell: (line: VentureLine) => ReactNode;
};

/** What a page of the portfolio hands to its table. */
export type LinePage = { path: string; view: PortfolioView; lines: readonly VentureLine[]; page: PageState; now: Date };

type LineTableProps = LinePage & { caption: string; tools?: ReactNode; columns: readonly LineColumn[] };

/** A venture per row: its name first, how old its data are last, and between them what the page is about. */
export function LineTable({ caption, tools, columns, path, view, lines, page, now }: LineTableProps) {
  return (
    <>
      <Table caption={caption} tools={tools}>
        <TableHead>
          <SortHead path={path} view={view} by="name">
            Venture
          </SortHead>
          {columns.map(({ key, by, label, numeric }) =>
            by ? (
              <SortHead key={key} path={path} view={view} by={by} numeric={numeric}>
                {label}
              </SortHead>
            ) : (
              <TableHeadCell key={key}>{label}</TableHeadCell>
            ),
          )}
          <SortHead path={path} view={view} by="asOf" numeric>
            Data
          </SortHead>
        </TableHead>
        <TableBody>
          {lines.map((line) => (
            <TableRow key={line.id}>
              <TableRowHead className="min-w-40">
                <TextLink href={`/ventures/${line.slug}`} quiet data-list-item>
                  {line.name}
                </TextLink>
              </TableRowHead>
              {columns.map(({ key, numeric, className, cell }) => (
                <TableCell key={key} numeric={numeric} className={className}>
                  {cell(line)}
                </TableCell>
              ))}
              <TableCell numeric className="text-muted">
                {formatAge(line.asOf ? new Date(line.asOf) : null, now)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <PagesOf path={path} view={view} page={page} />
    </>
  );
}
