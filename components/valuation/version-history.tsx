import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, formatMoney } from "@/lib/format";
import type { VersionLine } from "@/lib/valuation/queries/page";
import { pathWords } from "./words";

/** Every version that was kept, what it came to, and which inputs made the difference. */
export function VersionHistory({ versions, currency }: { versions: readonly VersionLine[]; currency: string }) {
  return (
    <Table caption="Versions of the valuation">
      <TableHead>
        <TableHeadCell numeric>Version</TableHeadCell>
        <TableHeadCell>Kept</TableHeadCell>
        <TableHeadCell numeric>Equity value</TableHeadCell>
        <TableHeadCell numeric>Moved by</TableHeadCell>
        <TableHeadCell>Why, and what changed</TableHeadCell>
      </TableHead>
      <TableBody>
        {versions.map(({ version, asOf, by, equity, moved, reason, changes }) => (
          <TableRow key={version}>
            <TableRowHead>{version}</TableRowHead>
            <TableCell>
              <span className="whitespace-nowrap">{formatDay(asOf)}</span>
              <span className="block text-sm text-muted">{by}</span>
            </TableCell>
            <TableCell numeric>{equity ? <FigureValue figure={equity} /> : "–"}</TableCell>
            <TableCell numeric>{moved === null ? "–" : formatMoney(moved, currency, { signed: true })}</TableCell>
            <TableCell>
              {reason}
              <Changes changes={changes} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Changes({ changes }: Pick<VersionLine, "changes">) {
  if (changes.length === 0) return null;
  return (
    <details>
      <summary className="text-sm text-muted">
        {changes.length === 1 ? "1 input changed" : `${changes.length} inputs changed`}
      </summary>
      <ul className="list-disc pl-5 text-sm">
        {changes.map(({ path, before, after }) => (
          <li key={path}>
            {pathWords(path)}: {before ?? "nothing"} → {after ?? "nothing"}
          </li>
        ))}
      </ul>
    </details>
  );
}
