import { ExportMenu } from "@/components/reports/export-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatAge, formatMoment } from "@/lib/format";
import type { SourceSummary } from "@/lib/imports/queries";
import { kindLabel } from "./sentences";

type SourceTableProps = { ventureId: string; sources: readonly SourceSummary[]; zone: string; now: Date };

/** Where this venture's data comes from and how old it is. */
export function SourceTable({ ventureId, sources, zone, now }: SourceTableProps) {
  if (sources.length === 0) {
    return (
      <EmptyState title="No source yet">The first upload names one: the system that the file comes from.</EmptyState>
    );
  }
  return (
    <Table caption="Sources and their freshness" tools={<FactMenus ventureId={ventureId} />}>
      <TableHead>
        <TableHeadCell>Source</TableHeadCell>
        <TableHeadCell>Holds</TableHeadCell>
        <TableHeadCell>As of</TableHeadCell>
        <TableHeadCell numeric>Age</TableHeadCell>
        <TableHeadCell numeric>Applied imports</TableHeadCell>
      </TableHead>
      <TableBody>
        {sources.map((source) => (
          <TableRow key={source.id}>
            <TableRowHead>{source.name}</TableRowHead>
            <TableCell>
              {source.holds.map(kindLabel).join(", ") ||
                (source.kind === "manual" ? "values entered by hand" : "nothing applied")}
            </TableCell>
            <TableCell>{source.asOf ? formatMoment(source.asOf, zone) : "unknown"}</TableCell>
            <TableCell numeric>{formatAge(source.asOf, now)}</TableCell>
            <TableCell numeric>{source.imports}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const FACTS = ["customers", "subscriptions", "invoices"] as const;

/** The table itself, and the facts behind it that no screen lists row by row. */
function FactMenus({ ventureId }: { ventureId: string }) {
  return (
    <div data-print="none" className="flex flex-wrap items-baseline gap-x-4">
      {FACTS.map((table) => (
        <span key={table} className="text-sm text-muted">
          {table} <ExportMenu table={table} of={`the ${table}`} query={{ venture: ventureId }} />
        </span>
      ))}
      <ExportMenu table="sources" of="the sources" query={{ venture: ventureId }} />
    </div>
  );
}
