import { FigureValue } from "@/components/figures/figure-value";
import { AppLink } from "@/components/ui/app-link";
import { Disclosure } from "@/components/ui/disclosure";
import { Level, levelOf } from "@/components/ui/level";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { FigureView } from "@/lib/figures/schema";
import { formatDay, formatNumber } from "@/lib/format";
import type { PeerView } from "@/lib/growth/queries/benchmarks/peer-column";
import { KEPT_KEYS } from "@/lib/growth/rules/forecast/kept-window";
import type { PerformanceRow, PerformanceTable } from "@/lib/metrics/queries/performance-page";
import { definitionOf, TREND_KEYS } from "@/lib/metrics/rules/performance-table";
import { monthName } from "./performance-controls";
import { type PerformanceView, performanceHref } from "./performance-view";

type Column = { key: "headline" | "previous" | "yearBefore" | "plan" | "forecast"; label: string };
/** By measure; a measure without a benchmark of the venture's model and size has none. */
export type Benchmarks = Readonly<Record<string, PeerView | undefined>>;
type GroupsProps = { table: PerformanceTable; view: PerformanceView; path: string; benchmarks: Benchmarks };

const BEFORE = { 1: "Month before", 3: "Quarter before", 12: "Year before" } as const;

/** Columns that hold something, and what was forecast; a year's window has one comparison, as the year before is the window before. */
function columnsOf({ groups }: PerformanceTable, view: PerformanceView): Column[] {
  const all: Column[] = [
    { key: "headline", label: "On the desk" },
    { key: "previous", label: BEFORE[view.span] },
    ...(view.span === 12 ? [] : [{ key: "yearBefore" as const, label: "Year before" }]),
    { key: "plan", label: "Plan" },
    { key: "forecast", label: "Forecast" },
  ];
  return all.filter(({ key }) => key === "forecast" || groups.some(({ rows }) => rows.some((row) => row[key])));
}

/** Every measure of the window: now, and what it can be compared with. A measure's name leads to its months. */
export function PerformanceGroups({ table, view, path, benchmarks }: GroupsProps) {
  const columns = columnsOf(table, view);
  const compared = Object.keys(benchmarks).length > 0;
  return (
    <div className="grid gap-6 *:min-w-0">
      <Table caption={`Measures, up to ${monthName(table.through)}`} compact>
        <TableHead>
          <TableHeadCell className="w-full min-w-40">Measure</TableHeadCell>
          <TableHeadCell numeric>{monthName(table.through)}</TableHeadCell>
          {columns.map((column) => (
            <TableHeadCell key={column.key} numeric>
              {column.label}
            </TableHeadCell>
          ))}
          {compared ? <TableHeadCell numeric>Benchmark</TableHeadCell> : null}
        </TableHead>
        {table.groups.map(({ title, rows }) => (
          <TableBody key={title}>
            <tr>
              <th scope="rowgroup" colSpan={columns.length + (compared ? 3 : 2)} className="rubric pt-5 pb-1 text-left">
                {title}
              </th>
            </tr>
            {rows.map((row) => (
              <Row
                key={row.key}
                row={row}
                columns={columns}
                view={view}
                path={path}
                benchmark={compared ? (benchmarks[row.key] ?? null) : undefined}
              />
            ))}
          </TableBody>
        ))}
      </Table>
      <Definitions table={table} />
    </div>
  );
}

type RowProps = {
  row: PerformanceRow;
  columns: readonly Column[];
  view: PerformanceView;
  path: string;
  /** Null: none for this measure. Left out: no column. */
  benchmark: PeerView | null | undefined;
};

function Row({ row, columns, view, path, benchmark }: RowProps) {
  return (
    <TableRow>
      <TableRowHead className="font-normal">
        {TREND_KEYS.includes(row.key) ? (
          <AppLink
            href={`${performanceHref(path, view, { trend: row.key })}#trend`}
            className="rounded-sm underline-offset-3 hover:underline"
            title={row.formula}
          >
            {row.label}
          </AppLink>
        ) : (
          <span title={row.formula}>{row.label}</span>
        )}
      </TableRowHead>
      <TableCell numeric className="font-medium">
        {row.level ? (
          <span className="mr-1.5">
            <Level level={levelOf(row.level.tone)} word={row.level.word} markOnly />
          </span>
        ) : null}
        <FigureValue figure={row.now} aligned />
      </TableCell>
      {columns.map(({ key }) => (
        <TableCell key={key} numeric>
          {key === "headline" && !row.headline ? (
            <span className="sr-only">as shown</span>
          ) : (
            <Other figure={row[key]} why={key === "forecast" ? whyNoForecast(row.key) : undefined} />
          )}
        </TableCell>
      ))}
      {benchmark === undefined ? null : (
        <TableCell numeric>
          {benchmark ? (
            <span className="mr-2 text-xs text-muted" title={benchmark.source}>
              n {formatNumber(benchmark.sampleSize, { decimals: 0 })}, {formatDay(benchmark.asOf, "month")}
            </span>
          ) : null}
          <Other figure={benchmark?.median ?? null} />
        </TableCell>
      )}
    </TableRow>
  );
}

const whyNoForecast = (key: string): string =>
  KEPT_KEYS.includes(key) ? "no forecast was kept" : "no forecasts are kept of it";

const Other = ({ figure, why = "not known" }: { figure: FigureView | null; why?: string }) =>
  figure ? (
    <FigureValue figure={figure} aligned />
  ) : (
    <span className="inline-block pr-[4ch] text-muted" title={why}>
      <span aria-hidden="true">–</span>
      <span className="sr-only">{why}</span>
    </span>
  );

function Definitions({ table }: { table: PerformanceTable }) {
  return (
    <Disclosure summary="How each is counted">
      <dl className="grid gap-3">
        {table.groups.flatMap(({ rows }) =>
          rows.map((row) => {
            const definition = definitionOf(row.key);
            return (
              <div key={row.key}>
                <dt className="font-medium">{row.label}</dt>
                <dd className="prose-width text-muted">
                  {definition ? `${definition.definition}. ${definition.inclusion}. ` : null}
                  Here: {row.formula}.
                </dd>
              </div>
            );
          }),
        )}
      </dl>
    </Disclosure>
  );
}
