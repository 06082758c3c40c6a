import { Notice } from "@/components/ui/notice";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, plural } from "@/lib/format";
import type { SeriesPreview } from "@/lib/market/schema/series";

function countsOf({ added, corrected, revised, same, gaps }: SeriesPreview): string {
  const parts = [
    `${plural(added, "value")} new`,
    ...(corrected > 0 ? [`${corrected} corrected`] : []),
    ...(revised > 0 ? [`${revised} revised`] : []),
    ...(same > 0 ? [`${same} held already`] : []),
    ...(gaps > 0 ? [`${plural(gaps, "gap")} (a zero or nothing)`] : []),
  ];
  return parts.join(", ");
}

/** What a file would change, and which of its rows are refused; nothing is stored yet. */
export function SeriesPreviewNote({ preview }: { preview: SeriesPreview }) {
  const { rows, from, through, rejected, rejects, changes } = preview;
  return (
    <div className="grid gap-3 *:min-w-0" aria-live="polite">
      <p>
        {plural(rows, "row")}
        {from && through ? `, ${formatDay(from)} to ${formatDay(through)}` : ""}: {countsOf(preview)}.
      </p>
      {rejected > 0 ? (
        <Notice level="warning" word={`${plural(rejected, "row")} refused`}>
          <ul className="list-disc pl-4 text-sm">
            {rejects.map(({ row, problem }) => (
              <li key={row}>
                line {row}: {problem}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {changes.length > 0 ? (
        <Table caption="Values that change" compact>
          <TableHead>
            <TableHeadCell>Day</TableHeadCell>
            <TableHeadCell numeric>Now</TableHeadCell>
            <TableHeadCell numeric>After</TableHeadCell>
          </TableHead>
          <TableBody>
            {changes.map(({ day, before, after }) => (
              <TableRow key={`${day} ${after}`}>
                <TableRowHead>{formatDay(day)}</TableRowHead>
                <TableCell numeric>{before ?? "–"}</TableCell>
                <TableCell numeric>{after}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : null}
    </div>
  );
}
