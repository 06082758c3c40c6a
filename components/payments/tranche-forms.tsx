"use client";

import { type ChangeEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { freezeTranche, openTranche, recordClaim, recordInstruction } from "@/lib/ledger/actions";
import type { PlannedTranche } from "@/lib/ledger/queries/planned-tranches";
import type { TrancheView } from "@/lib/ledger/queries/tranches";
import { TRANCHE_KINDS } from "@/lib/ledger/schema";
import { FormDialog } from "./form-dialog";
import { type TextField, TextFields } from "./text-fields";
import { useValues } from "./use-values";
import { amountText, minorOf } from "./words";

const KINDS = [
  { value: "escrow", label: "Escrow" },
  { value: "holdback", label: "Holdback" },
  { value: "earn-out", label: "Earn-out" },
  { value: "vendor-note", label: "Vendor note" },
];

const EMPTY = {
  ...{
    kind: "escrow",
    label: "",
    amount: "",
    heldBy: "",
    buyer: "",
    seller: "",
    opensOn: "",
    endsOn: "",
    milestone: "",
  },
  ...{ firstOn: "", firstAmount: "", condition: "" },
};

const trancheFields = (currency: string, kind: string): TextField<keyof typeof EMPTY>[] => [
  { name: "label", label: "Name" },
  { name: "amount", label: `Amount in ${currency}`, path: "amountMinor" },
  { name: "heldBy", label: "Held by" },
  { name: "buyer", label: "Buyer" },
  { name: "seller", label: "For the sellers" },
  { name: "opensOn", label: "From", type: "date" },
  { name: "endsOn", label: "Last day of release", type: "date" },
  { name: "firstOn", label: "Earlier release on", type: "date", optional: true, path: "schedule.0.dueOn" },
  { name: "firstAmount", label: "Earlier release, amount", optional: true, path: "schedule.0.amountMinor" },
  { name: "condition", label: "Condition", optional: true },
  ...(kind === "earn-out" ? [{ name: "milestone" as const, label: "Milestone" }] : []),
];

type TrancheFormProps = {
  ventureId: string;
  currency: string;
  /** As the agreed terms have it, to be looked over. */
  planned?: PlannedTranche;
};

const plannedValues = ({
  kind,
  label,
  amountMinor,
  currency,
  heldBy,
  buyer,
  opensOn,
  endsOn,
  milestone,
}: PlannedTranche) => ({
  ...{ ...EMPTY, kind, label, amount: amountText(amountMinor, currency), heldBy, buyer, opensOn, endsOn },
  milestone: milestone ?? "",
});

/** Money that comes later: who holds it, until when, and the days on which it is released. */
export function TrancheForm({ ventureId, currency, planned }: TrancheFormProps) {
  const { values, set } = useValues(planned ? plannedValues(planned) : EMPTY);
  const send = () => {
    const { kind, amount, milestone, firstOn, firstAmount, condition, endsOn, ...rest } = values;
    // Half of it is refused, never left out.
    const earlier = firstOn !== "" || firstAmount.trim() !== "";
    const first = { dueOn: firstOn, amountMinor: minorOf(firstAmount, currency) ?? "" };
    const words = condition || "As agreed";
    const schedule = [
      ...(earlier ? [{ ...first, condition: words }] : []),
      { dueOn: endsOn, amountMinor: null, condition: earlier ? "The rest" : words },
    ];
    return openTranche({
      ...{ ventureId, currency, ...rest, endsOn, schedule, milestone: milestone.trim() || null },
      kind: TRANCHE_KINDS.find((one) => one === kind) ?? "escrow",
      amountMinor: minorOf(amount, currency) ?? "",
    });
  };
  return (
    <FormDialog
      title="Add money that comes later"
      trigger={<Button>{planned ? `Add ${planned.label}` : "Add escrow, holdback or earn-out"}</Button>}
      submit="Add"
      done="It stands in the books."
      send={send}
      wide
    >
      {(problemAt) => (
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Kind">
            {(control) => <Select {...control} options={KINDS} value={values.kind} onChange={set("kind")} />}
          </Field>
          <TextFields {...{ values, set, problemAt }} fields={trancheFields(currency, values.kind)} />
        </div>
      )}
    </FormDialog>
  );
}

const claimFields = (currency: string): TextField<"amount" | "claimedOn" | "grounds">[] => [
  { name: "amount", label: `Amount in ${currency}`, path: "amountMinor" },
  { name: "claimedOn", label: "Claimed on", type: "date" },
  { name: "grounds", label: "Grounds" },
];

export function ClaimForm({ tranche }: { tranche: TrancheView }) {
  const { values, set } = useValues({ amount: "", claimedOn: "", grounds: "" });
  const send = () => {
    const { amount, claimedOn, grounds } = values;
    const { id: trancheId, version, currency } = tranche;
    return recordClaim({ trancheId, version, claimedOn, grounds, amountMinor: minorOf(amount, currency) ?? "" });
  };
  return (
    <FormDialog
      title={`A claim on ${tranche.label}`}
      description="Held back from the holders until it is settled or withdrawn."
      trigger={<Button variant="bare">Record a claim</Button>}
      submit="Record"
      done="The claim is recorded."
      send={send}
    >
      {(problemAt) => (
        <>
          <TextFields {...{ values, set, problemAt }} fields={claimFields(tranche.currency)} />
        </>
      )}
    </FormDialog>
  );
}

/** SHA-256 of a file, computed in the browser: the document itself stays where it is. */
async function hashOf(file: File): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const NO_INSTRUCTION = { datedOn: "", buyerSigner: "", sellerSigner: "", sellers: "", buyer: "", note: "" };
const instructionFields = (currency: string): TextField<keyof typeof NO_INSTRUCTION>[] => [
  { name: "datedOn", label: "Dated", type: "date" },
  { name: "buyerSigner", label: "Signed for the buyer by" },
  { name: "sellerSigner", label: "Signed for the sellers by" },
  { name: "sellers", label: `To the sellers, ${currency}`, optional: true, path: "sellersMinor" },
  { name: "buyer", label: `Back to the buyer, ${currency}`, optional: true, path: "buyerMinor" },
];

/** What both parties signed: the only thing that lets money out. */
export function InstructionForm({ tranche }: { tranche: TrancheView }) {
  const { values, set } = useValues(NO_INSTRUCTION);
  const [document, setDocument] = useState({ documentName: "", documentHash: "" });
  const met = tranche.kind === "earn-out";
  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const [file] = event.target.files ?? [];
    if (file) setDocument({ documentName: file.name, documentHash: await hashOf(file) });
  }
  const send = () => {
    const { datedOn, buyerSigner, sellerSigner, sellers, buyer, note } = values;
    const amount = (text: string) => (text.trim() === "" ? "0" : (minorOf(text, tranche.currency) ?? ""));
    const amounts = { sellersMinor: amount(sellers), buyerMinor: amount(buyer) };
    const said = { trancheId: tranche.id, datedOn, buyerSigner, sellerSigner, note };
    return recordInstruction({ ...said, ...document, ...amounts });
  };
  const title = met ? "Record that the milestone was met" : "Record the joint instruction";
  return (
    <FormDialog
      title={`${title}: ${tranche.label}`}
      description="Recording moves nothing; somebody else carries it out. Of the document only its fingerprint is kept."
      trigger={<Button>{title}</Button>}
      submit="Record"
      done="Recorded. Somebody else carries it out."
      send={send}
    >
      {(problemAt) => (
        <>
          <Field
            label="Signed document"
            hint={document.documentHash || undefined}
            required
            error={problemAt("documentHash")}
          >
            {(control) => <input {...control} type="file" onChange={choose} className="max-w-full text-sm" />}
          </Field>
          <TextFields {...{ values, set, problemAt }} fields={instructionFields(tranche.currency)} />
        </>
      )}
    </FormDialog>
  );
}

export function FreezeForm({ tranche }: { tranche: TrancheView }) {
  const { values, set } = useValues({ reason: "" });
  const frozen = tranche.status === "frozen";
  const title = frozen ? `Unfreeze ${tranche.label}` : `Freeze ${tranche.label}`;
  return (
    <FormDialog
      title={title}
      description={
        frozen
          ? "Its instructions can be carried out again."
          : "Nothing is released from it while it is disputed; the rest of the sale goes on."
      }
      trigger={<Button variant="bare">{frozen ? "Unfreeze" : "Freeze"}</Button>}
      submit={frozen ? "Unfreeze" : "Freeze"}
      danger={!frozen}
      done={frozen ? "It goes on." : "It is frozen."}
      send={() => freezeTranche({ trancheId: tranche.id, version: tranche.version, frozen: !frozen, ...values })}
    >
      {(problemAt) => <TextFields {...{ values, set, problemAt }} fields={[{ name: "reason", label: "Reason" }]} />}
    </FormDialog>
  );
}
