"use client";

import { FigureValue } from "@/components/figures/figure-value";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { submitFundsFlow } from "@/lib/distribution/actions";
import type { FigureView } from "@/lib/figures/schema";
import { formatDay } from "@/lib/format";
import { splitSentence } from "./words";

export type FlowRow = { key: string; label: string; party: string };
type FundsFlowProps = {
  sources: readonly FlowRow[];
  uses: readonly FlowRow[];
  figures: Readonly<Record<string, FigureView>>;
};

/** Where the money of the closing comes from and where it goes; both sides add up to the same cent. */
export function FundsFlowTables({ sources, uses, figures }: FundsFlowProps) {
  return (
    <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-2 *:min-w-0">
      <Side caption="Sources" side="source" rows={sources} figures={figures} />
      <Side caption="Uses" side="use" rows={uses} figures={figures} />
    </div>
  );
}

type SideProps = Pick<FundsFlowProps, "figures"> & {
  caption: string;
  side: "source" | "use";
  rows: readonly FlowRow[];
};

function Side({ caption, side, rows, figures }: SideProps) {
  const sum = figures["flow.total"];
  return (
    <Table caption={caption} showCaption compact>
      <TableHead>
        <TableHeadCell>{side === "source" ? "From" : "To"}</TableHeadCell>
        <TableHeadCell>What</TableHeadCell>
        <TableHeadCell numeric>Amount</TableHeadCell>
      </TableHead>
      <TableBody>
        {rows.map(({ key, label, party }) => {
          const figure = figures[`flow.${side}.${key}`];
          return (
            <TableRow key={key}>
              <TableRowHead className="font-normal wrap-anywhere">{party}</TableRowHead>
              <TableCell>{label}</TableCell>
              <TableCell numeric>{figure ? <FigureValue figure={figure} exact /> : "–"}</TableCell>
            </TableRow>
          );
        })}
        <TableRow>
          <TableRowHead>{caption} in all</TableRowHead>
          <TableCell />
          <TableCell numeric>{sum ? <FigureValue figure={sum} exact /> : "–"}</TableCell>
        </TableRow>
      </TableBody>
    </Table>
  );
}

type WriteFundsFlowProps = {
  ventureId: string;
  slug: string;
  mayWrite: boolean;
  report: { id: string; version: number; storedAt: string } | null;
};

/** The statement as a document: written from the kept split, read and taken along as PDF and workbook. */
export function WriteFundsFlow({ ventureId, slug, mayWrite, report }: WriteFundsFlowProps) {
  const { busy, refusal, run, dialog } = useChange();
  const write = () => run(() => submitFundsFlow({ ventureId }), "The statement is stored.");
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
      {mayWrite ? (
        <Button busy={busy} onClick={write}>
          Write the statement
        </Button>
      ) : null}
      {report ? (
        <span>
          <TextLink href={`/ventures/${slug}/exit/reports/${report.id}`}>
            {`Statement, version ${report.version} of ${formatDay(report.storedAt)}`}
          </TextLink>
          {": "}
          <a className="underline" href={`/api/artefacts/${report.id}/pdf`} download>
            PDF
          </a>
          {", "}
          <a className="underline" href={`/api/artefacts/${report.id}/xlsx`} download>
            Excel (XLSX)
          </a>
        </span>
      ) : null}
      <span role="status" className="text-sm text-critical-text">
        {splitSentence(refusal)}
      </span>
      {dialog}
    </div>
  );
}
