import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay } from "@/lib/format";
import type { Change, RejectView } from "@/lib/imports/queries";
import { findField } from "@/lib/imports/rules/fields";
import { FACT_TABLES } from "@/lib/imports/rules/staging";
import type { ImportKind } from "@/lib/imports/schema";
import { findMetric } from "@/lib/metrics/schema";
import { minorDigits } from "@/lib/money";

const LABELS: Readonly<Record<string, string>> = {
  metric: "Metric",
  basis: "Basis",
  grain: "Grain",
  periodStart: "Period",
  value: "Value",
  amountMinor: "Amount",
  kind: "Kind",
  status: "Status",
  endOn: "Ends on",
  interval: "Interval",
};

const RATE_LABELS: Readonly<Record<string, string>> = { base: "One unit of", quote: "Is in", rate: "Rate" };

const labelOf = (kind: ImportKind, column: string) =>
  (kind === "invoices" && column === "periodStart" ? null : LABELS[column]) ??
  RATE_LABELS[column] ??
  findField(kind, column)?.label ??
  column;

/** Exact, as stored: amounts in whole units, without the zeros that a decimal column adds. */
function shown(column: string, fields: Readonly<Record<string, string | null>>): string {
  const value = fields[column];
  if (value === null || value === undefined) return "–";
  if (column === "metric") return findMetric(value)?.name ?? value;
  if (column === "periodStart" && fields.grain) return formatPeriod(value, fields.grain);
  if (DAYS.has(column)) return formatDay(value);
  if (column === "amountMinor") return majorUnits(value, minorDigits(fields.currency ?? ""));
  return NUMERIC.has(column) ? grouped(value.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")) : value;
}

/** "1 Aug 2026" of a month is the month. */
function formatPeriod(start: string, grain: string): string {
  if (grain === "quarter") return `Q${Math.ceil(Number(start.slice(5, 7)) / 3)} ${start.slice(0, 4)}`;
  return formatDay(start, grain === "month" ? "month" : "medium");
}

/** Thousands apart, every digit kept. */
function grouped(decimal: string): string {
  const [whole = "", fraction] = decimal.split(".");
  const apart = whole.replace("-", "−").replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? apart : `${apart}.${fraction}`;
}

function majorUnits(minor: string, digits: number): string {
  const negative = minor.startsWith("-");
  const padded = minor.replace("-", "").padStart(digits + 1, "0");
  const whole = padded.slice(0, padded.length - digits);
  const text = digits === 0 ? whole : `${whole}.${padded.slice(-digits)}`;
  return grouped(negative ? `-${text}` : text);
}

const DAYS = new Set(
  Object.values(FACT_TABLES).flatMap(({ key, values }) =>
    [...key, ...values].flatMap(({ name, type }) => (type === "date" ? [name] : [])),
  ),
);
const NUMBER = /^numeric|^integer|^bigint/;
const NUMERIC = new Set(
  Object.values(FACT_TABLES).flatMap(({ key, values }) =>
    [...key, ...values].flatMap(({ name, type }) => (NUMBER.test(type) ? [name] : [])),
  ),
);
/** What tells rows apart inside, where the name itself stands beside it. */
const INSIDE = new Set(["nameKey", "bidderKey", "titleKey"]);

/** Rows of an import, each value old → new where it changes. */
export function ChangeTable({
  kind,
  caption,
  changes,
  comparing,
}: {
  kind: ImportKind;
  caption: string;
  changes: readonly Change[];
  comparing: boolean;
}) {
  const key = FACT_TABLES[kind].key.filter(({ name }) => !INSIDE.has(name));
  // A kind of forty columns is read by what its rows say.
  const values = FACT_TABLES[kind].values.filter(({ name }) =>
    changes.some(({ next, previous }) => (next[name] ?? null) !== null || (previous[name] ?? null) !== null),
  );
  return (
    <Table caption={caption} compact>
      <TableHead>
        <TableHeadCell numeric>Row</TableHeadCell>
        {[...key, ...values].map(({ name }) => (
          <TableHeadCell key={name} numeric={NUMERIC.has(name)}>
            {labelOf(kind, name)}
          </TableHeadCell>
        ))}
      </TableHead>
      <TableBody>
        {changes.map((change) => (
          <TableRow key={`${change.rowNumber} ${Object.values(change.key).join(" ")}`}>
            <TableCell numeric>{change.rowNumber}</TableCell>
            {key.map(({ name }) => (
              <TableRowHead key={name}>{shown(name, change.key)}</TableRowHead>
            ))}
            {values.map(({ name }) => (
              <TableCell key={name} numeric={NUMERIC.has(name)}>
                {comparing && change.previous[name] !== change.next[name] ? (
                  <>
                    <del className="text-muted">{shown(name, change.previous)}</del>
                    <span aria-hidden="true"> → </span>
                    <ins className="font-medium no-underline">{shown(name, change.next)}</ins>
                  </>
                ) : (
                  shown(name, change.next)
                )}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

export function RejectTable({ rejects }: { rejects: readonly RejectView[] }) {
  return (
    <Table caption="Rejected rows and why" compact>
      <TableHead>
        <TableHeadCell numeric>Row</TableHeadCell>
        <TableHeadCell>Column</TableHeadCell>
        <TableHeadCell>Reason</TableHeadCell>
        <TableHeadCell>Value in the file</TableHeadCell>
      </TableHead>
      <TableBody>
        {rejects.map((reject) => (
          <TableRow key={`${reject.rowNumber} ${reject.column}`}>
            <TableCell numeric>{reject.rowNumber}</TableCell>
            <TableRowHead>{reject.column}</TableRowHead>
            <TableCell className="min-w-64">{reject.message}</TableCell>
            <TableCell className="max-w-64 truncate font-mono text-sm">{reject.raw}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
