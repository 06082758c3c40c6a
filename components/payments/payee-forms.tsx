"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { addPayee, enterDetails, recordCallback } from "@/lib/payments/actions";
import type { PayeeView } from "@/lib/payments/queries/payees";
import { PAYEE_KINDS, type PayeeKind } from "@/lib/payments/schema";
import { FormDialog } from "./form-dialog";
import { NUMBER_FIELDS, NumberFields, numberOf } from "./number-fields";
import { useValues } from "./use-values";

const kindOf = (text: string): PayeeKind => PAYEE_KINDS.find((kind) => kind === text) ?? "adviser";
const KINDS = PAYEE_KINDS.map((value) => ({ value, label: value }));

/** Somebody who is paid and whom the ledger does not know yet: an adviser, an office. */
export function PayeeForm({ ventureId }: { ventureId: string }) {
  const { values, set } = useValues({ name: "", party: "", kind: "adviser" });
  const { name, party, kind } = values;
  return (
    <FormDialog
      title="Add a payee"
      trigger={<Button>Add a payee</Button>}
      submit="Add"
      done="The payee is on the list."
      send={() => addPayee({ ventureId, name, party, kind: kindOf(kind) })}
    >
      {() => (
        <>
          <Field label="Name" required>
            {(control) => <TextInput {...control} value={name} onChange={set("name")} />}
          </Field>
          <Field label="Known in the ledger as" hint="The holder’s id, or a short name such as “lawyers”" required>
            {(control) => <TextInput {...control} value={party} onChange={set("party")} />}
          </Field>
          <Field label="Kind">
            {(control) => <Select {...control} options={KINDS} value={kind} onChange={set("kind")} />}
          </Field>
        </>
      )}
    </FormDialog>
  );
}

/** The first bank details, or changed ones, which freeze the payee. */
export function DetailsForm({ payee }: { payee: PayeeView }) {
  const { values, set } = useValues({ ...NUMBER_FIELDS, holder: payee.name, reason: "" });
  const change = payee.details !== null;
  const word = change ? "Change account" : "Enter account";
  return (
    <FormDialog
      title={`${word}: ${payee.name}`}
      description={
        change
          ? "All payments to this payee that were not sent are frozen until somebody else has called, and a third person has released."
          : "Somebody else calls the payee to confirm it before anything is paid."
      }
      trigger={<Button aria-label={`${word} of ${payee.name}`}>{word}</Button>}
      submit={change ? "Change and freeze" : "Keep"}
      danger={change}
      done={change ? "Changed. The payee is frozen." : "Kept. Somebody else has to call the payee."}
      send={() => {
        const { holder, reason } = values;
        return enterDetails({ payeeId: payee.id, version: payee.version, holder, reason, number: numberOf(values) });
      }}
    >
      {(problemAt) => (
        <>
          <Field label="Account in the name of" required error={problemAt("holder")}>
            {(control) => <TextInput {...control} value={values.holder} onChange={set("holder")} />}
          </Field>
          <NumberFields values={values} set={set} problemAt={problemAt} />
          <Field label="Where this comes from" required error={problemAt("reason")}>
            {(control) => <TextInput {...control} value={values.reason} onChange={set("reason")} />}
          </Field>
        </>
      )}
    </FormDialog>
  );
}

/** `2026-11-23T10:00` in the browser's own zone, as the field wants it. */
function nowLocal(): string {
  const at = new Date();
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** That the payee was called under a number known from elsewhere, and confirmed the account. */
export function CallbackForm({ payee, detailsId }: { payee: PayeeView; detailsId: string }) {
  const { values, set } = useValues({ calledAt: "", numberCalled: "", numberSource: "", confirmedBy: "" });
  const { numberCalled, numberSource, confirmedBy } = values;
  return (
    <FormDialog
      title={`Call back: ${payee.name}`}
      description="Call a number that you knew before, never the one in the message that asked for the account. Have the last four digits read to you."
      trigger={<Button aria-label={`Record the call to ${payee.name}`}>Record the call</Button>}
      submit="They confirmed it"
      done="The call is recorded."
      send={() => {
        const calledAt = new Date(values.calledAt || nowLocal()).toISOString();
        return recordCallback({ detailsId, calledAt, numberCalled, numberSource, confirmedBy });
      }}
    >
      {(problemAt) => (
        <>
          <Field label="When" hint="Left empty: just now" error={problemAt("calledAt")}>
            {(control) => (
              <TextInput {...control} type="datetime-local" value={values.calledAt} onChange={set("calledAt")} />
            )}
          </Field>
          <Field label="Number called" required error={problemAt("numberCalled")}>
            {(control) => <TextInput {...control} type="tel" value={numberCalled} onChange={set("numberCalled")} />}
          </Field>
          <Field label="Where the number is from" required error={problemAt("numberSource")}>
            {(control) => <TextInput {...control} value={numberSource} onChange={set("numberSource")} />}
          </Field>
          <Field label="Who confirmed it" required error={problemAt("confirmedBy")}>
            {(control) => <TextInput {...control} value={confirmedBy} onChange={set("confirmedBy")} />}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
