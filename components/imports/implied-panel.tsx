import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, formatExactMoney, formatNumber, plural } from "@/lib/format";
import type { ImpliedView } from "@/lib/metrics/queries/implied";
import { TOLERANCE_TEXT } from "@/lib/metrics/rules/implied";

const NAMES = { recurring_revenue: "MRR", customers: "Customers" } as const;
const MOST_MONTHS = 12;

/** Where the reported metric and the subscriptions of the same day say different things, side by side. */
export function ImpliedPanel({
  contradictions,
  currency,
}: {
  contradictions: readonly ImpliedView[];
  currency: string;
}) {
  return (
    <div className="grid gap-6 *:min-w-0">
      <p className="prose-width text-muted">
        The reported number against what the subscriptions of the same day add up to. Listed is what lies more than{" "}
        {TOLERANCE_TEXT} of the larger apart. Figures use the subscriptions.
      </p>
      {contradictions.map((one) => (
        <OneMetric key={one.metric} contradiction={one} currency={currency} />
      ))}
    </div>
  );
}

function OneMetric({ contradiction, currency }: { contradiction: ImpliedView; currency: string }) {
  const { metric, compared, months } = contradiction;
  const name = NAMES[metric];
  const text = (value: string) => (metric === "customers" ? formatNumber(value) : formatExactMoney(value, currency));
  const shown = months.slice(0, MOST_MONTHS);
  return (
    <div className="grid gap-2 *:min-w-0">
      <p>
        <span className="font-medium">{name}</span>: {plural(months.length, "month")} of {compared} differ.
      </p>
      <Table caption={`${name}: reported against subscriptions`} compact>
        <TableHead>
          <TableHeadCell>End of</TableHeadCell>
          <TableHeadCell numeric>Reported</TableHeadCell>
          <TableHeadCell numeric>From subscriptions</TableHeadCell>
          <TableHeadCell numeric>Difference</TableHeadCell>
        </TableHead>
        <TableBody>
          {shown.map((month) => (
            <TableRow key={month.day}>
              <TableRowHead>{formatDay(month.day, "month")}</TableRowHead>
              <TableCell numeric>{text(month.reported)}</TableCell>
              <TableCell numeric>{text(month.implied)}</TableCell>
              <TableCell numeric>{text(month.difference)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {months.length > shown.length ? (
        <p className="text-sm text-muted">
          The latest {shown.length} of {months.length}.
        </p>
      ) : null}
    </div>
  );
}
