import { FigureValue } from "@/components/figures/figure-value";
import { Disclosure } from "@/components/ui/disclosure";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { type Figure, type FigureView, REASON_SENTENCES } from "@/lib/figures/schema";
import type { DriverRow, HorizonSheet } from "@/lib/growth/rules/drivers/driver-horizon";
import { DriverTornado } from "./driver-tornado";
import { type DriverView, driverHref, MEASURES, type MeasureName, MONTHS, rankedRows } from "./driver-views";
import { OPERATION_WORDS } from "./driver-words";

const NAMES: Readonly<Record<MeasureName, string>> = {
  revenue: "Revenue",
  valuation: "Valuation",
  proceeds: "The group’s proceeds",
};

type SensitivityProps = {
  sheet: HorizonSheet;
  view: DriverView;
  path: string;
  show: (figure: Figure) => FigureView;
};

/** What each driver moves, a tenth at a time: chart, table, and the way from the driver to revenue. */
export function DriverSensitivity({ sheet, view, path, show }: SensitivityProps) {
  const rows = rankedRows(sheet, view.by);
  return (
    <div className="grid gap-5 *:min-w-0">
      <Choices view={view} path={path} />
      <Heads sheet={sheet} show={show} />
      <Flat sheet={sheet} show={show} />
      <Chart sheet={sheet} rows={rows} by={view.by} show={show} />
      <Rows rows={rows} view={view} path={path} show={show} />
      <Paths rows={rows} show={show} />
    </div>
  );
}

function Choices({ view, path }: { view: DriverView; path: string }) {
  const links = MONTHS.map((months) => ({ months, href: driverHref(path, { ...view, months }) }));
  return (
    <nav aria-label="How far ahead" className="flex flex-wrap gap-4">
      {links.map(({ months, href }) =>
        months === view.months ? (
          <span key={months} aria-current="true" className="font-medium">
            {months} months ahead
          </span>
        ) : (
          <TextLink key={months} href={href}>
            {months} months ahead
          </TextLink>
        ),
      )}
    </nav>
  );
}

function Heads({ sheet, show }: Pick<SensitivityProps, "sheet" | "show">) {
  const shown = [
    { name: `Revenue of the next ${sheet.months} months`, figure: sheet.revenue },
    { name: `Valuation in ${sheet.months} months`, figure: sheet.valuation },
    { name: "Of that to the group", figure: sheet.proceeds },
  ];
  return (
    <dl className="grid gap-x-8 sm:grid-cols-3">
      {shown.map(({ name, figure }) => (
        <div key={name} className="border-b border-line py-1">
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="text-lg">
            <FigureValue figure={show(figure)} />
          </dd>
          {figure.value === null ? (
            <p className="text-sm text-muted">{REASON_SENTENCES[figure.reason ?? ""] ?? figure.reason}</p>
          ) : null}
        </div>
      ))}
    </dl>
  );
}

/** The honest zero: inside a flat part of the waterfall nothing moves what the group receives. */
function Flat({ sheet: { flat }, show }: Pick<SensitivityProps, "sheet" | "show">) {
  if (!flat) return null;
  return (
    <Notice level="warning" word="stands still">
      Between <FigureValue figure={show(flat.from)} /> and{" "}
      {flat.to ? <FigureValue figure={show(flat.to)} /> : "any higher valuation"} every further unit goes to others: the
      group receives the same, whatever a driver does to the valuation inside that zone.
    </Notice>
  );
}

type ChartProps = {
  sheet: HorizonSheet;
  rows: readonly DriverRow[];
  by: MeasureName;
  show: (figure: Figure) => FigureView;
};

function Chart({ sheet, rows, by, show }: ChartProps) {
  const [first] = rows;
  if (!first || sheet[by].value === null) return null;
  const moved = [first[by].up, first[by].down].some((figure) => Number(figure.value ?? 0) !== 0);
  const name = by === "revenue" ? "revenue" : by === "valuation" ? "the valuation" : "the group’s proceeds";
  const title = moved ? `${first.label} moves ${name} most` : `No driver moves ${name} by a tenth`;
  const bars = rows.map((row) => ({ id: row.id, label: row.label, up: show(row[by].up), down: show(row[by].down) }));
  return (
    <DriverTornado
      title={title}
      summary={`${title}, over ${sheet.months} months; ${rows.length} drivers`}
      bars={bars}
    />
  );
}

type RowsProps = { rows: readonly DriverRow[]; view: DriverView; path: string; show: (figure: Figure) => FigureView };

function Rows({ rows, view, path, show }: RowsProps) {
  return (
    <Table caption={`What each driver moves in ${view.months} months, a tenth lower and a tenth higher`} compact>
      <TableHead>
        <TableHeadCell>Driver</TableHeadCell>
        {MEASURES.flatMap((by) => [
          <TableHeadCell
            key={by}
            numeric
            sort={view.by === by ? "descending" : null}
            sortHref={driverHref(path, { ...view, by })}
          >
            {NAMES[by]}, lower
          </TableHeadCell>,
          <TableHeadCell key={`${by}-up`} numeric>
            higher
          </TableHeadCell>,
        ])}
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableRowHead>{row.label}</TableRowHead>
            {MEASURES.flatMap((by) => [
              <TableCell key={by} numeric>
                <FigureValue figure={show(row[by].down)} />
              </TableCell>,
              <TableCell key={`${by}-up`} numeric>
                <FigureValue figure={show(row[by].up)} />
              </TableCell>,
            ])}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Paths({ rows, show }: Pick<RowsProps, "rows" | "show">) {
  return (
    <Disclosure summary="The way from each driver to revenue, in the last month">
      <ul className="grid gap-3">
        {rows.map((row) => (
          <li key={row.id}>
            <p className="font-medium">{row.label}</p>
            <ol className="ml-3 grid border-l border-line pl-3">
              {row.path.map((step) => (
                <li key={step.id} className="flex flex-wrap items-baseline gap-x-2">
                  <span>{step.label}</span>
                  <span className="text-sm text-muted">{OPERATION_WORDS[step.operation] ?? step.operation}</span>
                  <span>
                    <FigureValue figure={show(step.base)} /> → <FigureValue figure={show(step.shocked)} />
                  </span>
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
