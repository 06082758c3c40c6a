import { Notice } from "@/components/ui/notice";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { CountsPreview } from "@/lib/experiments/queries";
import { formatDay, formatNumber, plural } from "@/lib/format";

const whole = (value: number | null) => (value === null ? "–" : formatNumber(value, { decimals: 0 }));

/** What an import would change; nothing is stored yet. */
export function CountsPreviewTable({ preview }: { preview: CountsPreview }) {
  const { problems, changes, days, through } = preview;
  return (
    <div className="grid gap-3" aria-live="polite">
      {problems.length > 0 ? (
        <Notice level="critical" word="not ready">
          <ul className="list-disc pl-4">
            {problems.map(({ row, problem }) => (
              <li key={`${row} ${problem}`}>{row === null ? problem : `Row ${row}: ${problem}`}</li>
            ))}
          </ul>
        </Notice>
      ) : (
        <p className="text-sm text-muted">
          {days > 0 ? `${plural(days, "day")} added up` : "Totals"}
          {through ? `, through ${formatDay(through)}` : ""}. They take the place of what is stored; that stays in the
          history.
        </p>
      )}
      {changes.length > 0 ? (
        <Table caption="What would change" compact className="min-w-0">
          <TableHead>
            <TableHeadCell>Arm</TableHeadCell>
            <TableHeadCell>Metric</TableHeadCell>
            <TableHeadCell numeric>Units now</TableHeadCell>
            <TableHeadCell numeric>After</TableHeadCell>
          </TableHead>
          <TableBody>
            {changes.map(({ arm, metric, before, after }) => (
              <TableRow key={`${arm} ${metric}`}>
                <TableRowHead>{arm}</TableRowHead>
                <TableCell>{metric}</TableCell>
                <TableCell numeric>{whole(before)}</TableCell>
                <TableCell numeric>{whole(after)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : null}
    </div>
  );
}
