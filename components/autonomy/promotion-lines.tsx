import { Disclosure } from "@/components/ui/disclosure";
import { Level } from "@/components/ui/level";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { AgentRecordPage } from "@/lib/decisions/queries/autonomy/records";

/** The rule of promotion line by line, at each venture where the agent proposed; met lines and what is missing. */
export function PromotionLines({ promotion }: { promotion: AgentRecordPage["promotion"] }) {
  return promotion.map(({ venture, criteria, earned, asked }) => {
    const missing = criteria.filter(({ met }) => !met).length;
    return (
      <Disclosure
        key={venture.slug}
        summary={
          <span>
            <span className="font-medium">{venture.name}</span>{" "}
            <Level
              level={earned ? "healthy" : "unknown"}
              word={earned ? "every line is met" : `${missing} of ${criteria.length} lines not met`}
            />
            {earned && !asked ? (
              <span className="text-muted">
                {" "}
                It is not proposed: the venture is led at manual, has left, or is at auto.
              </span>
            ) : null}
          </span>
        }
      >
        <Table caption={`The rule of promotion at ${venture.name}`} className="max-w-3xl">
          <TableHead>
            <TableHeadCell>Line</TableHeadCell>
            <TableHeadCell>Needed</TableHeadCell>
            <TableHeadCell>Found</TableHeadCell>
            <TableHeadCell>Stands</TableHeadCell>
          </TableHead>
          <TableBody>
            {criteria.map(({ id, label, need, have, met }) => (
              <TableRow key={id}>
                <TableRowHead className="font-normal">{label}</TableRowHead>
                <TableCell className="whitespace-nowrap">{need}</TableCell>
                <TableCell className="whitespace-nowrap">{have}</TableCell>
                <TableCell>
                  <Level level={met ? "healthy" : "unknown"} word={met ? "met" : "not met"} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Disclosure>
    );
  });
}
