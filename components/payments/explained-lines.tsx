"use client";

import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay } from "@/lib/format";
import { takeBackLine } from "@/lib/payments/actions";
import type { ExplainedLineView } from "@/lib/payments/queries/payments-page";
import { SETTLEMENTS } from "@/lib/payments/schema";
import { amountOf, SETTLEMENT_WORDS } from "./open-lines";
import { PAYMENT_SENTENCES } from "./words";

type ExplainedLinesProps = { lines: readonly ExplainedLineView[]; mayPrepare: boolean };

const wordsOf = (as: string): string => {
  const known = SETTLEMENTS.find((one) => one === as);
  return known ? SETTLEMENT_WORDS[known] : as;
};

/** What people said of lines that no payment explains; a wrong word is taken back, never written over. */
export function ExplainedLines({ lines, mayPrepare }: ExplainedLinesProps) {
  return (
    <Section title="Explained by a person">
      <Table caption="Lines of the bank that a person has explained">
        <TableHead>
          <TableHeadCell>Day</TableHeadCell>
          <TableHeadCell>What it is</TableHeadCell>
          <TableHeadCell numeric>Amount</TableHeadCell>
          <TableHeadCell>How they know</TableHeadCell>
          {mayPrepare ? <TableHeadCell>Change</TableHeadCell> : null}
        </TableHead>
        <TableBody>
          {lines.map((line) => (
            <TableRow key={line.id}>
              <TableCell className="whitespace-nowrap">{formatDay(line.day)}</TableCell>
              <TableRowHead>
                {wordsOf(line.as)}
                <span className="block text-sm font-normal text-muted">{line.party ?? line.remittance}</span>
              </TableRowHead>
              <TableCell numeric>{amountOf(line)}</TableCell>
              <TableCell className="text-sm wrap-anywhere">
                {line.why} <span className="text-muted">({line.by})</span>
              </TableCell>
              {mayPrepare ? (
                <TableCell>
                  <TakeBack line={line} />
                </TableCell>
              ) : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}

function TakeBack({ line }: { line: ExplainedLineView }) {
  const label = `Take back the explanation of ${amountOf(line)} of ${formatDay(line.day)}`;
  return (
    <ReasonDialog
      title={`${label}?`}
      description="What was booked by it is undone by its mirror, and the line waits to be explained again."
      trigger={
        <Button variant="bare" aria-label={label}>
          Take back
        </Button>
      }
      confirmLabel="Take it back"
      done="The line waits to be explained again."
      sentence={(code) => errorSentence(code, PAYMENT_SENTENCES)}
      send={(reason) => takeBackLine({ lineId: line.id, reason })}
    />
  );
}
