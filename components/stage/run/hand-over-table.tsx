import { Level } from "@/components/ui/level";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { HandOverLine } from "@/lib/stage/schema/run";
import { HAND_OVER_WORDS } from "./run-words";

type HandOverTableProps = { caption: string; lines: readonly HandOverLine[]; applied: boolean };

/** Each row of a file of stage 39, with what it did or would do. */
export function HandOverTable({ caption, lines, applied }: HandOverTableProps) {
  return (
    <Table caption={caption} showCaption>
      <TableHead>
        <TableHeadCell numeric>Row</TableHeadCell>
        <TableHeadCell>Venture</TableHeadCell>
        <TableHeadCell>{applied ? "Outcome" : "Would"}</TableHeadCell>
      </TableHead>
      <TableBody>
        {lines.map(({ row, venture, outcome, problem }) => (
          <TableRow key={row}>
            <TableCell numeric>{row}</TableCell>
            <TableRowHead>{venture || "–"}</TableRowHead>
            <TableCell>
              <Level
                level={HAND_OVER_WORDS[outcome].level}
                word={HAND_OVER_WORDS[outcome][applied ? "after" : "before"]}
              />
              {problem ? <span className="text-sm text-muted"> {problem}</span> : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
