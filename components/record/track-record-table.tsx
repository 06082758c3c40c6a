import { ExportMenu } from "@/components/reports/export-menu";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { TrackRecord } from "@/lib/decisions/queries/track-record";
import { formatNumber } from "@/lib/format";
import { actorWords } from "./event-words";

const ACTIONS: Readonly<Record<string, string>> = {
  "growth.start-initiative": "start a growth initiative",
  "growth.pause-initiative": "pause a growth initiative",
  "growth.raise-budget": "raise the budget of an initiative",
  "exit.open-room": "open a data room to a buyer",
  "exit.approach-buyers": "approach buyers",
  "exit.approve-exit": "approve an exit",
  "payments.pay": "pay",
  "distribution.issue-statements": "show holders their statements",
  "deal.waive-condition": "waive a condition",
  "deal.release-signatures": "release the signatures of a closing",
  "deal.send-status": "send the status of a closing",
  "deal.delay-exit": "put an exit off",
  "deal.pause-sale": "pause a sale",
  "deal.freeze-tranche": "freeze a disputed tranche",
  "deal.lift-freeze": "lift the freeze of a tranche",
  "stage.regress-to-39": "take a venture back to stage 39",
  "exit.score-criterion": "answer a criterion of readiness",
  "exit.start-preparation": "begin exit preparation",
  "exit.return-to-growth": "return from exit preparation to growth",
  "exit.pause-preparation": "pause exit preparation",
  "growth.review-strategy": "look at the growth strategy again",
};

const COUNTS = [
  ...(["recommendations", "approved", "conditional", "rejected", "undecided", "automatic", "reversed"] as const),
];

/** What became of each agent's recommendations: the base on which autonomy is earned. */
export function TrackRecordTable({ records }: { records: readonly TrackRecord[] }) {
  return (
    <Table
      caption="What became of the agents' recommendations"
      tools={<ExportMenu table="agents" of="the agents' record" />}
    >
      <TableHead>
        <TableHeadCell>Agent</TableHeadCell>
        <TableHeadCell>Recommended to</TableHeadCell>
        <TableHeadCell numeric>Recommendations</TableHeadCell>
        <TableHeadCell numeric>Approved</TableHeadCell>
        <TableHeadCell numeric>With conditions</TableHeadCell>
        <TableHeadCell numeric>Rejected</TableHeadCell>
        <TableHeadCell numeric>Not decided</TableHeadCell>
        <TableHeadCell numeric>By itself</TableHeadCell>
        <TableHeadCell numeric>Reversed later</TableHeadCell>
      </TableHead>
      <TableBody>
        {records.map((record) => (
          <TableRow key={`${record.agent} ${record.actionClass}`}>
            <TableRowHead className="whitespace-nowrap">
              {record.agent.includes(":") ? actorWords(record.agent) : actorWords(`agent:${record.agent}`)}
            </TableRowHead>
            <TableCell>{ACTIONS[record.actionClass] ?? record.actionClass}</TableCell>
            {COUNTS.map((count) => (
              <TableCell key={count} numeric>
                {formatNumber(record[count])}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
