import { ReverseDecision } from "@/components/decisions/reverse-decision";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { AutomaticDecision } from "@/lib/decisions/queries/automatic";
import { formatMinor, formatMoment, plural } from "@/lib/format";
import { actorWords } from "./event-words";

/** What agents did without asking: the rule that allowed it, what it rests on, what came of it, and the way back. */
export function AutomaticTable({ decisions, zone }: { decisions: readonly AutomaticDecision[]; zone: string }) {
  return (
    <Table caption="What agents did by themselves">
      <TableHead>
        <TableHeadCell>Decision</TableHeadCell>
        <TableHeadCell>Venture</TableHeadCell>
        <TableHeadCell>Agent</TableHeadCell>
        <TableHeadCell>Allowed by</TableHeadCell>
        <TableHeadCell numeric>At stake</TableHeadCell>
        <TableHeadCell>When</TableHeadCell>
        <TableHeadCell>Since then</TableHeadCell>
      </TableHead>
      <TableBody>
        {decisions.map((decision) => (
          <TableRow key={decision.id}>
            <TableRowHead className="min-w-56 align-top">
              <TextLink href={`/inbox/${decision.memoId}`} quiet data-list-item>
                {decision.title}
              </TextLink>
              <p className="text-sm font-normal text-muted">
                {decision.figures > 0
                  ? `Rests on ${plural(decision.figures, "figure")}`
                  : "Rests on the evidence that it names"}
              </p>
            </TableRowHead>
            <TableCell className="align-top">
              <TextLink href={`/ventures/${decision.venture.slug}`} quiet>
                {decision.venture.name}
              </TextLink>
            </TableCell>
            <TableCell className="align-top whitespace-nowrap">{actorWords(`agent:${decision.agent}`)}</TableCell>
            <TableCell className="min-w-40 align-top">
              {decision.rule.sentence} <span className="text-muted">(rule “{decision.rule.rule}”)</span>
            </TableCell>
            <TableCell numeric className="align-top">
              {decision.stake ? formatMinor(BigInt(decision.stake.amountMinor), decision.stake.currency) : "unknown"}
            </TableCell>
            <TableCell className="align-top whitespace-nowrap text-muted">
              <time dateTime={decision.at}>{formatMoment(new Date(decision.at), zone)}</time>
            </TableCell>
            <TableCell className="min-w-40 align-top">
              <SinceThen decision={decision} zone={zone} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function SinceThen({ decision, zone }: { decision: AutomaticDecision; zone: string }) {
  const { reversed, outcome, memoId, version, title } = decision;
  if (reversed) {
    return (
      <>
        <p>
          Reversed by {reversed.by}, {formatMoment(new Date(reversed.at), zone)}
        </p>
        <p className="text-sm text-muted">“{reversed.note}”</p>
      </>
    );
  }
  return (
    <>
      <p>{wordsFor(decision, outcome)}</p>
      {decision.mayReverse ? (
        <p className="mt-1" data-print="none">
          <ReverseDecision memoId={memoId} version={version} title={title} />
        </p>
      ) : null}
    </>
  );
}

function wordsFor({ status, version, standing, carriedOut }: AutomaticDecision, outcome: string | null): string {
  if (standing !== version && status === "pending") return "Not carried out: it waits for the chairman";
  if (outcome) return `The initiative is ${outcome}`;
  return carriedOut ? "Carried out, and stands" : "Being carried out";
}
