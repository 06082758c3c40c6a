"use client";

import { useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { Textarea } from "@/components/ui/textarea";
import { formatDay, plural } from "@/lib/format";
import {
  cancelPayment,
  exportBatch,
  markFailed,
  markSent,
  proposeBatch,
  reopenBatch,
  voidFile,
} from "@/lib/payments/actions";
import type { BatchView, InstructionView } from "@/lib/payments/queries/payments-page";
import { FormDialog } from "./form-dialog";
import { PaymentProblem } from "./problem";
import { exactMoney as money, STATE_LEVEL } from "./words";

export type May = { prepare: boolean; release: boolean; draft: boolean };
type Run = ReturnType<typeof useChange>["run"];

/** A batch of payments: where it stands, what can be done next, and each payment of it. */
export function BatchCard({ batch, may }: { batch: BatchView; may: May }) {
  const { busy, refusal, problems, run, dialog } = useChange();
  const mark = STATE_LEVEL[batch.status];
  return (
    <article aria-label={batch.title} className="grid gap-2 border-b border-line pb-5 *:min-w-0">
      <div className="flex flex-wrap items-baseline gap-x-5 gap-y-1">
        <h3 className="headline text-lg">{batch.title}</h3>
        {mark ? <Level level={mark.level} word={mark.word} /> : null}
        <span>
          {money(batch.totalMinor, batch.currency)} from {batch.bank}, {formatDay(batch.executeOn)}
        </span>
        {batch.memoId ? <TextLink href={`/inbox/${batch.memoId}`}>Memo</TextLink> : null}
      </div>
      <Steps batch={batch} may={may} run={run} busy={busy} />
      <PaymentProblem code={refusal} problems={problems} />
      <Instructions batch={batch} may={may} />
      {dialog}
    </article>
  );
}

/** Saves what the server made, byte for byte, under the name that it gave. */
function save(fileName: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}

type StepsProps = { batch: BatchView; may: May; run: Run; busy: boolean };

function Steps({ batch, may, run, busy }: StepsProps) {
  const { id: batchId, version, status, file, memoStatus } = batch;
  const memoOver = memoStatus !== null && ["rejected", "expired", "withdrawn"].includes(memoStatus);
  const download = async () => {
    const made = await run(() => exportBatch({ batchId, version }), "The file is saved.");
    if (made) save(made.value.fileName, made.value.text);
  };
  return (
    <div className="flex flex-wrap items-center gap-2 empty:hidden">
      {status === "draft" && may.draft ? <ProposeForm batch={batch} /> : null}
      {status === "proposed" && memoOver && may.prepare ? (
        <Button busy={busy} onClick={() => run(() => reopenBatch({ batchId, version }), "They are drafts again.")}>
          Draft again
        </Button>
      ) : null}
      {status === "approved" && may.release ? (
        <Button variant="primary" busy={busy} onClick={download}>
          Make the bank’s file
        </Button>
      ) : null}
      {file && may.release ? (
        <Button busy={busy} onClick={download}>
          {`Download ${file.messageId}`}
        </Button>
      ) : null}
      {file && !file.sent && may.release ? <FileSteps fileId={file.id} name={file.messageId} run={run} /> : null}
      {file ? (
        <span className="text-sm text-muted">
          {file.format}, SHA-256 {file.hash.slice(0, 12)}…
        </span>
      ) : null}
    </div>
  );
}

function FileSteps({ fileId, name, run }: { fileId: string; name: string; run: Run }) {
  const [reason, setReason] = useState("");
  return (
    <>
      <ConfirmDialog
        title={`Was ${name} handed to the bank?`}
        description="From here on only the bank can take a payment back. Mark it once, when the bank has taken the file."
        confirmLabel="It was sent"
        trigger={<Button variant="primary">Mark as sent</Button>}
        onConfirm={async () => {
          await run(() => markSent({ fileId }), "Marked as sent.");
        }}
      />
      <FormDialog
        title={`Throw ${name} away?`}
        description="Only if the bank says that it never got it, and by somebody else than who made it. The payments stay approved and can go into another file."
        trigger={<Button variant="bare">Throw the file away</Button>}
        submit="Throw it away"
        danger
        done="The file is void."
        send={() => voidFile({ fileId, reason })}
      >
        {() => <Reason value={reason} set={setReason} />}
      </FormDialog>
    </>
  );
}

function Reason({ value, set, label = "Reason" }: { value: string; set: (text: string) => void; label?: string }) {
  return (
    <Field label={label} required>
      {(control) => (
        <Textarea {...control} rows={2} maxLength={300} value={value} onChange={(event) => set(event.target.value)} />
      )}
    </Field>
  );
}

function ProposeForm({ batch: { id: batchId, version, title } }: { batch: BatchView }) {
  const [why, setWhy] = useState("");
  return (
    <FormDialog
      title={`Ask for approval: ${title}`}
      description="The chairman and a second person decide on exactly these payments. Nothing leaves before."
      trigger={<Button variant="primary">Ask for approval</Button>}
      submit="Ask the chairman"
      done="The memo is in the chairman’s inbox."
      send={() => proposeBatch({ batchId, version, why })}
    >
      {() => <Reason value={why} set={setWhy} label="Why now" />}
    </FormDialog>
  );
}

function Instructions({ batch, may }: { batch: BatchView; may: May }) {
  return (
    <Table caption={`${batch.title}: ${plural(batch.instructions.length, "payment")}`} compact>
      <TableHead>
        <TableHeadCell>Payee</TableHeadCell>
        <TableHeadCell>Account</TableHeadCell>
        <TableHeadCell numeric>Amount</TableHeadCell>
        <TableHeadCell>State</TableHeadCell>
        <TableHeadCell>Reference</TableHeadCell>
        <TableHeadCell>Change</TableHeadCell>
      </TableHead>
      <TableBody>
        {batch.instructions.map((one) => (
          <TableRow key={one.id}>
            <TableRowHead>{one.payee}</TableRowHead>
            <TableCell className="whitespace-nowrap">{one.masked}</TableCell>
            <TableCell numeric>{money(one.amountMinor, one.currency)}</TableCell>
            <TableCell>
              <State one={one} />
            </TableCell>
            <TableCell className="whitespace-nowrap text-sm text-muted">{one.endToEndId}</TableCell>
            <TableCell>
              <TakeOut one={one} may={may} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function State({ one }: { one: InstructionView }) {
  const mark = one.frozen ? { level: "critical" as const, word: "frozen" } : STATE_LEVEL[one.status];
  const partly = one.paidMinor > 0n && one.paidMinor < one.amountMinor;
  const back = one.returnedMinor > 0n && one.returnedMinor < one.amountMinor;
  return (
    <>
      {mark ? <Level level={mark.level} word={mark.word} /> : null}
      {partly ? <span className="block text-sm">{money(one.paidMinor, one.currency)} booked so far</span> : null}
      {back ? <span className="block text-sm">{money(one.returnedMinor, one.currency)} came back</span> : null}
      {one.statusReason ? <span className="block text-sm text-muted">{one.statusReason}</span> : null}
    </>
  );
}

function TakeOut({ one, may }: { one: InstructionView; may: May }) {
  const [reason, setReason] = useState("");
  const { id: instructionId, version, status, payee } = one;
  const out = (status === "draft" || status === "approved") && may.prepare;
  const failed = status === "sent" && one.paidMinor === 0n && may.release;
  if (!out && !failed) return null;
  const title = out ? `Take out the payment to ${payee}?` : `Did the bank refuse the payment to ${payee}?`;
  return (
    <FormDialog
      title={title}
      description={
        out
          ? "It stays owed and can be drafted again."
          : "Only if the bank says that it paid nothing. It is owed again."
      }
      trigger={
        <Button variant="bare" aria-label={title}>
          {out ? "Take out" : "Refused"}
        </Button>
      }
      submit={out ? "Take it out" : "The bank refused it"}
      danger
      done={out ? "Taken out." : "Recorded; it is owed again."}
      send={() =>
        out ? cancelPayment({ instructionId, version, reason }) : markFailed({ instructionId, version, reason })
      }
    >
      {() => <Reason value={reason} set={setReason} />}
    </FormDialog>
  );
}
