import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { NegotiationView } from "@/lib/deals/queries/negotiation";
import { TERMS } from "@/lib/deals/rules/terms";
import { type Issue, termValue } from "@/lib/deals/schema/negotiation";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import { shownTerm } from "./term-text";

type IssueTableProps = { deal: NegotiationView; people: readonly { id: string; name: string }[] };

/** A position as the term that it is about is shown; words where it is about none. */
function shown(terms: OfferTerms | undefined, { term }: Issue, value: string): string {
  if (value === "") return "–";
  const found = TERMS.find(({ key }) => key === term);
  return term && terms && found ? shownTerm({ ...terms, [term]: termValue(term, value) }, found) : value;
}

/** What is open, with our position, our fallback, who leads it, and what each is worth to the group by itself. */
export function IssueTable({ deal: { body, offer, figures }, people }: IssueTableProps) {
  if (body.issues.length === 0) return <p className="text-muted">No issue is listed yet.</p>;
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (
    <Table caption="Issues">
      <TableHead>
        <TableHeadCell>Issue</TableHeadCell>
        <TableHeadCell>Theirs</TableHeadCell>
        <TableHeadCell>Our position</TableHeadCell>
        <TableHeadCell numeric>Worth</TableHeadCell>
        <TableHeadCell>Fallback</TableHeadCell>
        <TableHeadCell numeric>Worth</TableHeadCell>
        <TableHeadCell>Owner</TableHeadCell>
        <TableHeadCell>State</TableHeadCell>
      </TableHead>
      <TableBody>
        {body.issues.map((issue) => {
          const found = TERMS.find(({ key }) => key === issue.term);
          const [position, fallback] = [figures[`issue.${issue.id}.position`], figures[`issue.${issue.id}.fallback`]];
          return (
            <TableRow key={issue.id}>
              <TableRowHead>{issue.title}</TableRowHead>
              <TableCell>{offer && found ? shownTerm(offer.terms, found) : "–"}</TableCell>
              <TableCell>{shown(offer?.terms, issue, issue.position)}</TableCell>
              <TableCell numeric>{position ? <FigureValue figure={position} keepZeros /> : "–"}</TableCell>
              <TableCell>{shown(offer?.terms, issue, issue.fallback)}</TableCell>
              <TableCell numeric>{fallback ? <FigureValue figure={fallback} keepZeros /> : "–"}</TableCell>
              <TableCell>{issue.ownerId ? (names.get(issue.ownerId) ?? "Somebody who left") : "–"}</TableCell>
              <TableCell>{issue.state}</TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
