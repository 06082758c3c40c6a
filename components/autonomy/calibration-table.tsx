import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { AgentRecord } from "@/lib/decisions/rules/autonomy/record";
import { formatRatio } from "@/lib/format";

const percent = (share: number): string => `${Math.round(share * 100)}`;

/** Stated confidence against what came, by fifths: where the two columns agree it knew what it knew. */
export function CalibrationTable({ record }: { record: AgentRecord }) {
  const { bins, brier, calls } = record;
  if (calls === 0)
    return <p className="text-muted">No proposal with a stated confidence is settled yet, so nothing can be told.</p>;
  return (
    <>
      <p className="mb-2 prose-width">
        Brier score {brier?.toFixed(3)} over {calls} settled {calls === 1 ? "proposal" : "proposals"}.{" "}
        <span className="text-muted">
          The mean squared distance between what was stated and what came; 0 is perfect, 0.25 a coin. The confidence is
          stated by rule when it is proposed, from the record until then: (right + 1) ÷ (settled + 2).
        </span>
      </p>
      <Table caption="Stated confidence against what came" className="max-w-2xl">
        <TableHead>
          <TableHeadCell>Stated</TableHeadCell>
          <TableHeadCell numeric>Proposals</TableHeadCell>
          <TableHeadCell numeric>Stated on average</TableHeadCell>
          <TableHeadCell numeric>Right</TableHeadCell>
          <TableHeadCell numeric>Share that was right</TableHeadCell>
        </TableHead>
        <TableBody>
          {bins.map(({ from, to, count, stated, right }) => (
            <TableRow key={from}>
              <TableRowHead className="whitespace-nowrap font-normal">
                {percent(from)} to {percent(to)} %
              </TableRowHead>
              <TableCell numeric>{count}</TableCell>
              <TableCell numeric>{stated === null ? "–" : formatRatio(stated, { decimals: 0 })}</TableCell>
              <TableCell numeric>{right}</TableCell>
              <TableCell numeric>{count === 0 ? "–" : formatRatio(right / count, { decimals: 0 })}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  );
}
