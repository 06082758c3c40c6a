import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, formatNumber } from "@/lib/format";
import type { SeriesView } from "@/lib/market/queries/series";
import { SERIES_KIND_NAMES, type SeriesKind } from "@/lib/market/schema/series";

/** Every series with its definition and how far it reaches: two definitions are two lines. */
export function SeriesList({ options }: { options: readonly SeriesView[] }) {
  if (options.length === 0) return null;
  return (
    <Table caption="Series of the market" compact>
      <TableHead>
        <TableHeadCell>Series</TableHeadCell>
        <TableHeadCell>Kind</TableHeadCell>
        <TableHeadCell>Definition</TableHeadCell>
        <TableHeadCell>Source</TableHeadCell>
        <TableHeadCell numeric>Values</TableHeadCell>
        <TableHeadCell>Through</TableHeadCell>
      </TableHead>
      <TableBody>
        {options.map(({ key, label, kind, sector, definition, source, points, through, revised }) => (
          <TableRow key={key}>
            <TableRowHead className="min-w-40">{label}</TableRowHead>
            <TableCell>
              {SERIES_KIND_NAMES[kind as SeriesKind] ?? kind}
              {sector ? <span className="block text-sm text-muted">{sector}</span> : null}
            </TableCell>
            <TableCell className="min-w-60 text-muted">
              {definition}
              {revised ? " Revised later; each load is a vintage." : ""}
            </TableCell>
            <TableCell className="min-w-32 text-muted">{source}</TableCell>
            <TableCell numeric>{formatNumber(points, { decimals: 0 })}</TableCell>
            <TableCell className="whitespace-nowrap">{through ? formatDay(through) : "empty"}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
