"use client";

import { type ChangeEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { freezeTranche, openTranche, recordClaim, recordInstruction } from "@/lib/ledger/actions";
import type { TrancheView } from "@/lib/ledger/queries/tranches";
import { TRANCHE_KINDS } from "@/lib/ledger/schema";
import { FormDialog } from "./form-dialog";
import { useValues } from "./use-values";
import { minorOf } from "./words";

const KINDS = [
  { value: "escrow", label: "Escrow" },
  { value: "holdback", label: "Holdback" },
  { value: "earn-out", label: "Earn-out" },
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

type TextProps = {
  label: string;
  value: string;
  onChange: (event: { target: { value: string } }) => void;
  error?: string | null;
  hint?: string;
  type?: "text" | "date";
  optional?: boolean;
};

function Text({ label, value, onChange, error = null, hint, type = "text", optional = false }: TextProps) {
  return (
    <Field label={label} hint={hint} required={!optional} error={error}>
      {(control) => <TextInput {...control} type={type} value={value} onChange={onChange} />}
    </Field>
  );
}

/** Money that comes later: who holds it, until when, and the days on which it is released. */
export function TrancheForm({ ventureId, currency }: { ventureId: string; currency: string }) {
  const { values, set } = useValues(EMPTY);
  const send = () => {
    const { kind, amount, milestone, firstOn, firstAmount, condition, endsOn, ...rest } = values;
    const first = minorOf(firstAmount, currency);
    const words = condition || "As agreed";
    const schedule = [
      ...(firstOn && first ? [{ dueOn: firstOn, amountMinor: first, condition: words }] : []),
      { dueOn: endsOn, amountMinor: null, condition: first ? "The rest" : words },
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
      trigger={<Button>Add escrow, holdback or earn-out</Button>}
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
          <Text label="Name" value={values.label} onChange={set("label")} error={problemAt("label")} />
          <Text
            label={`Amount in ${currency}`}
            value={values.amount}
            onChange={set("amount")}
            error={problemAt("amountMinor")}
          />
          <Text label="Held by" value={values.heldBy} onChange={set("heldBy")} error={problemAt("heldBy")} />
          <Text label="Buyer" value={values.buyer} onChange={set("buyer")} error={problemAt("buyer")} />
          <Text label="For the sellers" value={values.seller} onChange={set("seller")} error={problemAt("seller")} />
          <Text
            label="From"
            type="date"
            value={values.opensOn}
            onChange={set("opensOn")}
            error={problemAt("opensOn")}
          />
          <Text
            label="Last day of release"
            type="date"
            value={values.endsOn}
            onChange={set("endsOn")}
            error={problemAt("endsOn")}
          />
          <Text
            label="Earlier release on"
            type="date"
            value={values.firstOn}
            onChange={set("firstOn")}
            optional
            error={problemAt("schedule.0.dueOn")}
          />
          <Text label="Earlier release, amount" value={values.firstAmount} onChange={set("firstAmount")} optional />
          <Text label="Condition" value={values.condition} onChange={set("condition")} optional />
          {values.kind === "earn-out" ? (
            <Text
              label="Milestone"
              value={values.milestone}
              onChange={set("milestone")}
              error={problemAt("milestone")}
            />
          ) : null}
        </div>
      )}
    </FormDialog>
  );
}

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
          <Text
            label={`Amount in ${tranche.currency}`}
            value={values.amount}
            onChange={set("amount")}
            error={problemAt("amountMinor")}
          />
          <Text
            label="Claimed on"
            type="date"
            value={values.claimedOn}
            onChange={set("claimedOn")}
            error={problemAt("claimedOn")}
          />
          <Text label="Grounds" value={values.grounds} onChange={set("grounds")} error={problemAt("grounds")} />
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

/** What both parties signed: the only thing that lets money out. */
export function InstructionForm({ tranche }: { tranche: TrancheView }) {
  const { values, set } = useValues({
    datedOn: "",
    buyerSigner: "",
    sellerSigner: "",
    sellers: "",
    buyer: "",
    note: "",
  });
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
    return recordInstruction({
      trancheId: tranche.id,
      ...document,
      datedOn,
      buyerSigner,
      sellerSigner,
      ...amounts,
      note,
    });
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
          <Text
            label="Dated"
            type="date"
            value={values.datedOn}
            onChange={set("datedOn")}
            error={problemAt("datedOn")}
          />
          <Text
            label="Signed for the buyer by"
            value={values.buyerSigner}
            onChange={set("buyerSigner")}
            error={problemAt("buyerSigner")}
          />
          <Text
            label="Signed for the sellers by"
            value={values.sellerSigner}
            onChange={set("sellerSigner")}
            error={problemAt("sellerSigner")}
          />
          <Text
            label={`To the holders, ${tranche.currency}`}
            value={values.sellers}
            onChange={set("sellers")}
            optional
            error={problemAt("sellersMinor")}
          />
          <Text
            label={`Back to the buyer, ${tranche.currency}`}
            value={values.buyer}
            onChange={set("buyer")}
            optional
            error={problemAt("buyerMinor")}
          />
        </>
      )}
    </FormDialog>
  );
}

export function FreezeForm({ tranche }: { tranche: TrancheView }) {
  const [reason, setReason] = useState("");
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
      send={() => freezeTranche({ trancheId: tranche.id, version: tranche.version, frozen: !frozen, reason })}
    >
      {() => <Text label="Reason" value={reason} onChange={(event) => setReason(event.target.value)} />}
    </FormDialog>
  );
}
