import { Sparkline } from "@/components/charts/sparkline";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatAge, formatNumber } from "@/lib/format";
import { LevelledFigure } from "./levelled-figure";
import { hrefOf, type Page, type PortfolioView } from "./portfolio-view";
import { SortHead } from "./sort-head";
import { stageWords } from "./stage-words";
import { worstLevel } from "./venture-line";

type VentureListProps = { path: string; view: PortfolioView; page: Page; now: Date };

/** Who they are and where they stand; the numbers side by side are on the portfolio. */
export function VentureList({ path, view, page, now }: VentureListProps) {
  return (
    <>
      <Table caption="Ventures">
        <TableHead>
          <SortHead path={path} view={view} by="name">
            Venture
          </SortHead>
          <SortHead path={path} view={view} by="sector">
            Sector
          </SortHead>
          <SortHead path={path} view={view} by="stage">
            Stage
          </SortHead>
          <SortHead path={path} view={view} by="growth" numeric>
            Growth
          </SortHead>
          <TableHeadCell>
            <span className="sr-only">Growth over twelve months</span>
          </TableHeadCell>
          <TableHeadCell>Worst level</TableHeadCell>
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
              <TableCell className="text-muted">{line.sector}</TableCell>
              <TableCell className="whitespace-nowrap">{stageWords(line.stage, line.openSubstages)}</TableCell>
              <TableCell numeric>
                <LevelledFigure of={line.figures.growth} />
              </TableCell>
              <TableCell>
                <Sparkline values={line.trend} label={`Growth rate of ${line.name} over twelve months`} />
              </TableCell>
              <TableCell>
                <Level level={worstLevel(line)} />
                {line.contradictions > 0 ? <span className="ml-2 text-sm text-muted">sources disagree</span> : null}
              </TableCell>
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
