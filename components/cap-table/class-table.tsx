import { ExportMenu } from "@/components/reports/export-menu";
import { Level } from "@/components/ui/level";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { CapTableView, ClassView } from "@/lib/cap-table/rules/view";
import { formatDay, formatNumber } from "@/lib/format";
import { percentText } from "./percent-text";

const PARTICIPATION = { none: "none", full: "in full", capped: "up to a cap" } as const;

function answered({ terms, preferred, questions }: ClassView) {
  if (!preferred) return <span className="text-muted">what is left</span>;
  if (questions.length > 0) return <Level level="warning" word={`${questions.length} to answer`} />;
  if (!terms) return "as the format says";
  const cap = terms.capMultiple ? `, ${formatNumber(terms.capMultiple)} ×` : "";
  return `${PARTICIPATION[terms.participation]}${cap}`;
}

/** "8 % a year, compounding quarterly; lost on conversion"; nothing where nobody said that there are any. */
function dividendWords({ dividends, preferred }: ClassView): string {
  if (!preferred) return "";
  if (!dividends || dividends.kind === "none") return "none";
  const { kind, ratio, compounding, amount, accruesFrom, onConversion } = dividends;
  const rate = `${percentText(ratio)} % a year, ${compounding === "simple" ? "simple" : `compounding ${compounding}`}`;
  const since = accruesFrom ? ` from ${formatDay(accruesFrom)}` : "";
  if (kind === "in-kind") return `${rate}${since}, in shares`;
  const what = kind === "declared" ? `${formatNumber(amount ?? "0")} declared` : `${rate}${since}`;
  return `${what}; ${onConversion === "kept" ? "kept" : "lost"} on conversion`;
}

/** The classes in the order in which they are paid. */
export function ClassTable({ ventureId, view }: { ventureId: string; view: CapTableView }) {
  const classes = [...view.classes].sort((a, b) => (a.rank ?? 1_000) - (b.rank ?? 1_000));
  return (
    <Table
      caption="Classes, in the order in which they are paid"
      tools={<ExportMenu table="classes" of="the classes" query={{ venture: ventureId }} />}
    >
      <TableHead>
        <TableHeadCell>Class</TableHeadCell>
        <TableHeadCell numeric>Paid</TableHeadCell>
        <TableHeadCell numeric>Outstanding</TableHeadCell>
        <TableHeadCell>Participation</TableHeadCell>
        <TableHeadCell>Dividends</TableHeadCell>
        <TableHeadCell>Read in</TableHeadCell>
      </TableHead>
      <TableBody>
        {classes.map((each) => (
          <TableRow key={each.id}>
            <TableRowHead>{each.name}</TableRowHead>
            <TableCell numeric>{each.rank === null ? "last" : formatNumber(each.rank)}</TableCell>
            <TableCell numeric>{formatNumber(each.outstanding, { decimals: 4 })}</TableCell>
            <TableCell>{answered(each)}</TableCell>
            <TableCell>{dividendWords(each)}</TableCell>
            <TableCell className="text-muted">{each.terms?.evidence ?? ""}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
