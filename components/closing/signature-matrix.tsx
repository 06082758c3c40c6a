"use client";

import { useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Level } from "@/components/ui/level";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { moveSignatures, removeDocument } from "@/lib/closing/actions";
import type { ClosingView } from "@/lib/closing/queries/closing";
import type { SignatureRow } from "@/lib/closing/queries/closing-row";
import { moveRefusal, PARTY_LABELS, SIGNATURE_LABELS } from "@/lib/closing/rules/checklist";
import { formatDay } from "@/lib/format";
import { ClosingProblem } from "./closing-problem";
import { SIGNATURE_LEVELS } from "./closing-words";
import { DocumentDialog } from "./document-dialog";
import { RemoveDialog } from "./removals";

const STEPS = ["not-sent", "out", "signed", "held"] as const;
type Step = (typeof STEPS)[number];
type MatrixProps = { closing: ClosingView; today: string; mayEdit: boolean };

/** Documents by signatory. A packet is all that one person signs; it moves as one, or document by document. */
export function SignatureMatrix({ closing, today, mayEdit }: MatrixProps) {
  const { signatures, dealId, version, released } = closing;
  const [by, setBy] = useState<string | null>(null);
  const { busy, refusal, problems, run, dialog } = useChange();
  const signatories = [...new Set(signatures.map(({ signatory }) => signatory))].toSorted();
  const documents = [...new Map(signatures.map((one) => [one.documentId, one.title])).entries()];
  const move = (rows: readonly SignatureRow[], to: Step) => {
    setBy(rows[0]?.signatory ?? null);
    const named = rows.map(({ documentId, signatory }) => ({ documentId, signatory }));
    return run(
      () => moveSignatures({ dealId, version, signatures: named, to, on: today }),
      `${rows[0]?.signatory ?? ""}: ${SIGNATURE_LABELS[to].toLowerCase()}.`,
    );
  };
  return (
    <Section title="Signatures" aside={mayEdit && !released ? <DocumentDialog closing={closing} /> : null}>
      {signatures.length === 0 ? (
        <p className="py-2 text-muted">No document to be signed is listed yet.</p>
      ) : (
        <div className="grid gap-4 *:min-w-0">
          <ClosingProblem code={refusal} problems={problems} />
          <Table caption="Documents by signatory">
            <TableHead>
              <TableHeadCell>Document</TableHeadCell>
              {signatories.map((name) => (
                <TableHeadCell key={name}>
                  {name}
                  <span className="block font-normal">
                    {PARTY_LABELS[signatures.find(({ signatory }) => signatory === name)?.party ?? "company"]}
                  </span>
                </TableHeadCell>
              ))}
            </TableHead>
            <TableBody>
              {mayEdit && !released ? (
                <TableRow>
                  <TableRowHead>Whole packet</TableRowHead>
                  {signatories.map((name) => (
                    <TableCell key={name}>
                      <StepSelect
                        label={`Packet of ${name}`}
                        rows={signatures.filter(({ signatory }) => signatory === name)}
                        busy={busy && by === name}
                        move={move}
                      />
                    </TableCell>
                  ))}
                </TableRow>
              ) : null}
              {documents.map(([id, title]) => (
                <TableRow key={id}>
                  <TableRowHead className="min-w-40">
                    {title}
                    {mayEdit && !released ? (
                      <RemoveDialog
                        name={title}
                        send={(reason) => removeDocument({ dealId, version, documentId: id, reason })}
                      />
                    ) : null}
                  </TableRowHead>
                  {signatories.map((name) => {
                    const row = signatures.find((one) => one.documentId === id && one.signatory === name);
                    return <TableCell key={name}>{row ? <Cell {...{ row, mayEdit, busy, move }} /> : null}</TableCell>;
                  })}
                </TableRow>
              ))}
            </TableBody>
          </Table>
          <p className="prose-width text-sm text-muted">
            A signature that is held binds nobody. All are released together, by a decision of the chairman, once every
            condition is settled.
          </p>
          {dialog}
        </div>
      )}
    </Section>
  );
}

type Move = (rows: readonly SignatureRow[], to: Step) => Promise<unknown>;

function Cell({ row, mayEdit, busy, move }: { row: SignatureRow; mayEdit: boolean; busy: boolean; move: Move }) {
  return (
    <div className="grid gap-1">
      <Level level={SIGNATURE_LEVELS[row.state]} word={SIGNATURE_LABELS[row.state].toLowerCase()} />
      {row.changedOn ? <span className="text-sm text-muted">{formatDay(row.changedOn)}</span> : null}
      {mayEdit && row.state !== "released" ? (
        <StepSelect label={`${row.title}, ${row.signatory}`} rows={[row]} busy={busy} move={move} />
      ) : null}
    </div>
  );
}

type StepProps = { label: string; rows: readonly SignatureRow[]; busy: boolean; move: Move };

/** The steps that all of them may take now. */
function StepSelect({ label, rows, busy, move }: StepProps) {
  const states = rows.map(({ state }) => state);
  const options = STEPS.filter((to) => moveRefusal(states, to) === null && states.some((state) => state !== to));
  return (
    <Select
      aria-label={`Move ${label}`}
      className="min-w-32"
      placeholder="Move to…"
      disabled={busy || options.length === 0}
      options={options.map((value) => ({ value, label: SIGNATURE_LABELS[value] }))}
      value=""
      onChange={(event) => {
        const to = STEPS.find((one) => one === event.target.value);
        if (to) void move(rows, to);
      }}
    />
  );
}
