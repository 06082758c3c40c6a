import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { ListedCase } from "@/lib/decisions/queries/autonomy/records";
import { formatMoment, formatRatio } from "@/lib/format";

const ANSWER_WORDS: Readonly<Record<ListedCase["answer"], string>> = {
  "as-proposed": "approved as proposed",
  amended: "amended",
  refused: "refused",
  automatic: "done by itself",
  open: "waits",
  lapsed: "nobody answered",
};
const LATER_WORDS = { improved: "improved", worsened: "made worse", "cannot-tell": "cannot be told" } as const;

/** Each proposal: what auto would have done beside what the person did, what was stated, and what came. */
export function CaseTable({ cases, zone }: { cases: readonly ListedCase[]; zone: string }) {
  return (
    <Table caption="Proposals, newest first">
      <TableHead>
        <TableHeadCell>Proposal</TableHeadCell>
        <TableHeadCell>Venture</TableHeadCell>
        <TableHeadCell>Proposed</TableHeadCell>
        <TableHeadCell>Auto would have</TableHeadCell>
        <TableHeadCell>The person</TableHeadCell>
        <TableHeadCell>Since</TableHeadCell>
        <TableHeadCell numeric>Stated</TableHeadCell>
        <TableHeadCell>Right</TableHeadCell>
      </TableHead>
      <TableBody>
        {cases.map((one) => (
          <TableRow key={one.memoId}>
            <TableRowHead className="min-w-56">
              <TextLink href={`/inbox/${one.memoId}`} quiet data-list-item>
                {one.title}
              </TextLink>
            </TableRowHead>
            <TableCell className="whitespace-nowrap">{one.venture.name}</TableCell>
            <TableCell className="whitespace-nowrap text-muted">
              {formatMoment(new Date(one.proposedAt), zone)}
            </TableCell>
            <TableCell className="whitespace-nowrap">{shadowWords(one)}</TableCell>
            <TableCell className="whitespace-nowrap">{ANSWER_WORDS[one.answer]}</TableCell>
            <TableCell className="whitespace-nowrap">
              {one.reversedAt === null ? (one.later ? LATER_WORDS[one.later] : "–") : "reversed"}
            </TableCell>
            <TableCell numeric>
              {one.probability === null ? "–" : formatRatio(one.probability, { decimals: 0 })}
            </TableCell>
            <TableCell className="whitespace-nowrap">
              {one.right === null ? (
                "open"
              ) : (
                <Level level={one.right ? "healthy" : "critical"} word={one.right ? "yes" : "no"} />
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function shadowWords({ shadow, shadowRule }: ListedCase): string {
  if (shadow === null) return "not asked then";
  return shadow === "execute" ? "done it" : `asked (${shadowRule})`;
}
