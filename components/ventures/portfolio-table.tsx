import { ButtonLink, TextLink } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { formatAge, formatNumber } from "@/lib/format";
import { LevelledFigure } from "./levelled-figure";
import { hrefOf, type Page, type PortfolioView } from "./portfolio-view";
import { SortHead } from "./sort-head";
import type { Column } from "./venture-line";

const HEADS: readonly { column: Column; label: string }[] = [
  { column: "growth", label: "Growth" },
  { column: "valuation", label: "Valuation" },
  { column: "valuationChange", label: "Change, quarter" },
  { column: "readiness", label: "Readiness" },
  { column: "runway", label: "Runway" },
  { column: "concentration", label: "Top 3" },
  { column: "retention", label: "Team kept" },
];

type PortfolioTableProps = { path: string; view: PortfolioView; page: Page; now: Date };

export function PortfolioTable({ path, view, page, now }: PortfolioTableProps) {
  return (
    <>
      <Table
        caption="Ventures side by side"
        tools={
          <ButtonLink href={hrefOf(`${path}/export`, view)} prefetch={false} download data-print="none">
            Download CSV
          </ButtonLink>
        }
      >
        <TableHead>
          <SortHead path={path} view={view} by="name">
            Venture
          </SortHead>
          {HEADS.map((head) => (
            <SortHead key={head.column} path={path} view={view} by={head.column} numeric>
              {head.label}
            </SortHead>
          ))}
          <SortHead path={path} view={view} by="asOf" numeric>
            Data
          </SortHead>
        </TableHead>
        <TableBody>
          {page.lines.map((line) => (
            <TableRow key={line.id}>
              <TableRowHead className="min-w-40">
                <TextLink href={`/ventures/${line.slug}`} quiet data-list-item>
                  {line.name}
                </TextLink>
              </TableRowHead>
              {HEADS.map((head) => (
                <TableCell key={head.column} numeric>
                  <LevelledFigure of={line.figures[head.column]} />
                </TableCell>
              ))}
              <TableCell numeric className="text-muted">
                {formatAge(line.asOf ? new Date(line.asOf) : null, now)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Pagination
        page={page.page}
        pages={page.pages}
        summary={`${page.first}–${page.last} of ${formatNumber(page.found)} ventures`}
        hrefOf={(target) => hrefOf(path, view, { page: target })}
      />
    </>
  );
}
