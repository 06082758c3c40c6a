import { ExportMenu } from "@/components/reports/export-menu";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatMoment, formatNumber } from "@/lib/format";
import type { ImportSummary } from "@/lib/imports/queries";
import { kindLabel, STATUS_WORDS } from "./sentences";
import { UndoDialog } from "./undo-dialog";

type ImportHistoryProps = {
  ventureId: string;
  imports: readonly ImportSummary[];
  dataPath: string;
  zone: string;
  mayImport: boolean;
};

export function ImportHistory({ ventureId, imports, dataPath, zone, mayImport }: ImportHistoryProps) {
  if (imports.length === 0) {
    return (
      <EmptyState title="Nothing imported yet">
        Each file appears here with what it changed, what it could not read, and a way to take it back.
      </EmptyState>
    );
  }
  const count = (value: number) => formatNumber(value, { decimals: 0 });
  return (
    <Table
      caption="Imports, newest first"
      tools={<ExportMenu table="imports" of="the imports" query={{ venture: ventureId }} />}
    >
      <TableHead>
        <TableHeadCell>File</TableHeadCell>
        <TableHeadCell>Holds</TableHeadCell>
        <TableHeadCell>Source</TableHeadCell>
        <TableHeadCell>State</TableHeadCell>
        <TableHeadCell numeric>New</TableHeadCell>
        <TableHeadCell numeric>Changed</TableHeadCell>
        <TableHeadCell numeric>Rejected</TableHeadCell>
        <TableHeadCell>By</TableHeadCell>
        <TableHeadCell>When</TableHeadCell>
        <TableHeadCell>
          <span className="sr-only">Actions</span>
        </TableHeadCell>
      </TableHead>
      <TableBody>
        {imports.map((one) => (
          <TableRow key={one.id}>
            <TableRowHead>
              {one.kind === "cap_table" ? (
                one.fileName
              ) : (
                <TextLink href={`${dataPath}/imports/${one.id}`}>{one.fileName}</TextLink>
              )}
            </TableRowHead>
            <TableCell>{kindLabel(one.kind)}</TableCell>
            <TableCell>{one.source}</TableCell>
            <TableCell>
              <Badge>{STATUS_WORDS[one.status] ?? one.status}</Badge>
              {one.undoReason ? <span className="block text-sm text-muted">{one.undoReason}</span> : null}
            </TableCell>
            <TableCell numeric>{count(one.counts.inserted)}</TableCell>
            <TableCell numeric>{count(one.counts.changed)}</TableCell>
            <TableCell numeric>{count(one.counts.rejected)}</TableCell>
            <TableCell>{one.createdBy}</TableCell>
            <TableCell className="whitespace-nowrap">
              {formatMoment(one.undoneAt ?? one.appliedAt ?? one.createdAt, zone)}
            </TableCell>
            <TableCell>
              {mayImport && one.status === "applied" && one.kind !== "cap_table" ? (
                <UndoDialog importId={one.id} fileName={one.fileName} />
              ) : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
