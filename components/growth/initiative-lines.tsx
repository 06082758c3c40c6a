import { Button } from "@/components/ui/button";
import { Level, type LevelName } from "@/components/ui/level";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatMoment, plural } from "@/lib/format";
import type { LoadedFile } from "@/lib/growth/queries/initiatives/initiative-file";
import {
  INITIATIVE_COLUMN_LABELS,
  type InitiativeColumn,
  type InitiativeLine,
} from "@/lib/growth/schema/initiative-file";

const STATES: Readonly<Record<InitiativeLine["state"], { level: LevelName; word: string }>> = {
  new: { level: "healthy", word: "taken over" },
  known: { level: "unknown", word: "here already" },
  rejected: { level: "warning", word: "not taken" },
};

const labelOf = (column: string): string => INITIATIVE_COLUMN_LABELS[column as InitiativeColumn] ?? column;

/** What happens to each row of the file, and why. */
export function InitiativeLines({ lines }: { lines: readonly InitiativeLine[] }) {
  return (
    <Table caption="Rows of the file" showCaption compact tall>
      <TableHead>
        <TableHeadCell numeric>Row</TableHeadCell>
        <TableHeadCell>Initiative</TableHeadCell>
        <TableHeadCell>What happens</TableHeadCell>
      </TableHead>
      <TableBody>
        {lines.map(({ rowNumber, title, state, problems }) => (
          <TableRow key={rowNumber}>
            <TableCell numeric>{rowNumber}</TableCell>
            <TableRowHead>{title || "without a title"}</TableRowHead>
            <TableCell>
              <Level level={STATES[state].level} word={STATES[state].word} />
              {problems.map(({ column, expected }) => (
                <span key={`${column} ${expected}`} className="block text-sm text-muted">
                  {labelOf(column)}: {expected}
                </span>
              ))}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

type FilesProps = { files: readonly LoadedFile[]; zone: string; busy: boolean; onUndo: (importKey: string) => void };

/** Files that were taken over before; each can be taken back while nobody has worked on what it brought. */
export function InitiativeFiles({ files, zone, busy, onUndo }: FilesProps) {
  if (files.length === 0) return null;
  return (
    <ul className="grid gap-1 text-sm" aria-label="Files taken over">
      {files.map(({ importKey, fileName, initiatives, loadedOn }) => (
        <li key={importKey} className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-medium">{fileName}</span>
          <span className="text-muted">
            {plural(initiatives, "initiative")}, {formatMoment(new Date(loadedOn), zone)}
          </span>
          <Button variant="bare" busy={busy} onClick={() => onUndo(importKey)}>
            Take the file back
          </Button>
        </li>
      ))}
    </ul>
  );
}
