import { FigureValue } from "@/components/figures/figure-value";
import { ExportMenu } from "@/components/reports/export-menu";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { RecordsPage } from "@/lib/distribution/queries/records/records";
import { RETURNS_METHOD } from "@/lib/distribution/rules/records/record-report";
import { type FigureView, REASON_SENTENCES } from "@/lib/figures/schema";
import { formatDay, formatFigure } from "@/lib/format";

const KINDS: Readonly<Record<string, string>> = { call: "paid in", distribution: "received", residual: "left" };

/** Money to the cent, multiples to two digits, as funds say them. */
function Return({ figure }: { figure: FigureView }) {
  const money = /^[A-Z]{3}$/.test(figure.unit);
  return money ? (
    <FigureValue figure={figure} exact />
  ) : (
    <FigureValue
      figure={figure}
      written={formatFigure(figure, { decimals: figure.unit === "multiple" ? 2 : 1, keepZeros: true })}
    />
  );
}

/** What the group made of its holding, and the dated flows that it is computed from. */
export function ReturnsSection({ page, query }: { page: RecordsPage; query: Record<string, string> }) {
  const { returns, flows } = page;
  const unknown = returns.find(({ figure }) => figure?.value === null)?.figure?.reason;
  return (
    <Section
      title="Returns of the group"
      aside={<ExportMenu table="group-cash-flows" of="the group’s cash flows" query={query} />}
    >
      <div className="grid gap-6 *:min-w-0 lg:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
        <dl className="grid grid-cols-[minmax(0,1fr)_auto] content-start gap-x-4 gap-y-1">
          {returns.map(({ part, label, figure }) => (
            <div key={part} className="col-span-2 grid grid-cols-subgrid border-b border-line py-1">
              <dt className="text-muted">{label}</dt>
              <dd className="text-right">{figure ? <Return figure={figure} /> : null}</dd>
            </div>
          ))}
        </dl>
        <Table caption="Dated cash flows of the group">
          <TableHead>
            <TableHeadCell>Day</TableHeadCell>
            <TableHeadCell>Kind</TableHeadCell>
            <TableHeadCell>What</TableHeadCell>
            <TableHeadCell numeric>Amount</TableHeadCell>
          </TableHead>
          <TableBody>
            {flows.map(({ key, day, kind, label, figure }) => (
              <TableRow key={key}>
                <TableCell className="whitespace-nowrap">{formatDay(day)}</TableCell>
                <TableCell>{KINDS[kind] ?? kind}</TableCell>
                <TableRowHead>{label}</TableRowHead>
                <TableCell numeric>{figure ? <FigureValue figure={figure} exact /> : null}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      {unknown ? <p className="mt-3">Not known: {REASON_SENTENCES[unknown] ?? unknown}</p> : null}
      <p className="mt-3 prose-width text-sm text-muted">{RETURNS_METHOD}</p>
    </Section>
  );
}
