import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { type FigureView, REASON_SENTENCES } from "@/lib/figures/schema";
import { formatDay, formatNumber } from "@/lib/format";
import type { MethodLine, VentureValuation } from "@/lib/valuation/queries/page";
import { METHOD_NAMES } from "@/lib/valuation/schema/venture";

/** What each method says, what it rests on, and who of the comparables was left out and why. */
export function MethodTable({ found }: { found: VentureValuation }) {
  const { methods, figures, inputs } = found;
  return (
    <Table caption="Methods, enterprise values">
      <TableHead>
        <TableHeadCell>Method</TableHeadCell>
        <TableHeadCell numeric>Low</TableHeadCell>
        <TableHeadCell numeric>Central</TableHeadCell>
        <TableHeadCell numeric>High</TableHeadCell>
        <TableHeadCell>Behind it</TableHeadCell>
        <TableHeadCell>Inputs of</TableHeadCell>
      </TableHead>
      <TableBody>
        {methods.map((line) => (
          <TableRow key={line.key}>
            <TableRowHead>
              {METHOD_NAMES[line.key]}
              {line.used ? null : <span className="text-muted"> (not used)</span>}
            </TableRowHead>
            {["low", "central", "high"].map((end) => (
              <Cell key={end} figure={figures[`${line.key}.${end}`]} used={line.used} />
            ))}
            <TableCell className={line.used ? "min-w-64" : undefined}>
              <Behind line={line} figures={figures} />
            </TableCell>
            <TableCell>
              <span className="whitespace-nowrap">{formatDay(inputs.methods[line.key].asOf)}</span>
              <span className="block text-sm text-muted">{inputs.methods[line.key].source}</span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Cell({ figure, used }: { figure: FigureView | undefined; used: boolean }) {
  return <TableCell numeric>{figure && used ? <FigureValue figure={figure} /> : "–"}</TableCell>;
}

function Behind({ line, figures }: { line: MethodLine; figures: VentureValuation["figures"] }) {
  if (!line.used) return null;
  const central = figures[`${line.key}.central`];
  const details = Object.entries(figures).filter(
    ([part]) => part.startsWith(`${line.key}.`) && !/\.(low|central|high)$/.test(part),
  );
  return (
    <div className="grid gap-1.5 text-sm">
      {central?.value === null ? <p>{REASON_SENTENCES[central.reason ?? ""] ?? central.reason}</p> : null}
      {details.map(([part, figure]) => (
        <p key={part} className="flex min-h-6 flex-wrap items-center justify-between gap-x-3">
          <span className="text-muted">{figure.label.replace(/^[^:]*: /, "")}</span>
          <FigureValue figure={figure} />
        </p>
      ))}
      {line.comparables ? <LeftOut {...line.comparables} /> : null}
    </div>
  );
}

function LeftOut({ used, excluded, carried }: NonNullable<MethodLine["comparables"]>) {
  return (
    <details>
      <summary className="py-1 text-muted">
        {used} used, {excluded.length} left out
      </summary>
      <ul className="list-disc pl-5">
        {excluded.map(({ name, why }) => (
          <li key={name}>
            {name}: {why}
          </li>
        ))}
        {carried.map(({ name, factor }) => (
          <li key={`carried ${name}`}>
            {name}: carried to today × {formatNumber(factor, { decimals: 3, keepZeros: true })}
          </li>
        ))}
      </ul>
    </details>
  );
}
