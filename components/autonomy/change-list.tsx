import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { PolicyChange } from "@/lib/decisions/queries/autonomy/page";
import type { ActionClass } from "@/lib/decisions/schema";
import { ACTION_WORDS, AGENT_WORDS, agentNamed } from "@/lib/decisions/schema/words";
import { formatMoment } from "@/lib/format";
import { heldWords } from "./words";

const WHAT: Readonly<Record<string, string>> = {
  "agents.paused": "All agents paused",
  "agents.resumed": "All agents at work again",
  "agent.demoted": "Taken away by the rule",
  "agent.demotion-lifted": "Given back",
  "venture.configured": "The venture’s autonomy",
};

const aboutWords = ({ agent, actionClass }: PolicyChange): string | null => {
  const known = agent && agentNamed(agent);
  return known && actionClass
    ? `${AGENT_WORDS[known]}: ${ACTION_WORDS[actionClass as ActionClass] ?? actionClass}`
    : null;
};

const sideWords = (side: PolicyChange["before"]): string => (side ? heldWords(side) : "as the venture is led");

/** Who changed what agents may do, when and why; the audit log holds the same. */
export function ChangeList({ changes, zone }: { changes: readonly PolicyChange[]; zone: string }) {
  return (
    <Table caption="Changes of the policy" compact>
      <TableHead>
        <TableHeadCell>When</TableHeadCell>
        <TableHeadCell>Who</TableHeadCell>
        <TableHeadCell>What</TableHeadCell>
        <TableHeadCell>Venture</TableHeadCell>
        <TableHeadCell>Why</TableHeadCell>
      </TableHead>
      <TableBody>
        {changes.map((change) => (
          <TableRow key={change.id} className="align-top">
            <TableCell className="whitespace-nowrap text-muted">
              <time dateTime={change.at}>{formatMoment(new Date(change.at), zone)}</time>
            </TableCell>
            <TableCell className="whitespace-nowrap">{change.by}</TableCell>
            <TableRowHead className="min-w-56 font-normal">
              {[WHAT[change.type], aboutWords(change)].filter(Boolean).join(". ")}
              {change.before || change.after ? (
                <span className="block text-muted">
                  {sideWords(change.before)} → {sideWords(change.after)}
                </span>
              ) : null}
            </TableRowHead>
            <TableCell className="whitespace-nowrap">
              {change.venture ? (
                <TextLink href={`/ventures/${change.venture.slug}/settings`} quiet>
                  {change.venture.name}
                </TextLink>
              ) : (
                <span className="text-muted">Holding</span>
              )}
            </TableCell>
            <TableCell className="min-w-56">{change.reason}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
