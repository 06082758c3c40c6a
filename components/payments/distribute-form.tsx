"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { askProceeds } from "@/lib/ledger/actions";
import { FormDialog } from "./form-dialog";
import { useValues } from "./use-values";
import { chargesOf, minorOf } from "./words";

type DistributeFormProps = { ventureId: string; currency: string; today: string };

/** Proceeds received are to be owed to the holders, by the waterfall over all so far. A second person carries it out. */
export function DistributeForm({ ventureId, currency, today }: DistributeFormProps) {
  const { values, set } = useValues({ label: "", amount: "", paidOn: today, costsTo: "", costs: "", reason: "" });
  const send = () => {
    const { label, amount, paidOn, costsTo, costs, reason } = values;
    const charges = chargesOf({ to: costsTo, amount: costs }, currency);
    const amountMinor = minorOf(amount, currency) ?? "";
    return askProceeds({ ventureId, currency, label, paidOn, amountMinor, charges, withholdings: [], reason });
  };
  return (
    <FormDialog
      title="Distribute proceeds"
      description="Asks to owe what was received to the holders of the cap table, as if all distributions so far were one. Another person carries it out; payments are drafted and approved afterwards."
      trigger={<Button>Distribute proceeds</Button>}
      submit="Ask to distribute"
      done="A second person can carry it out."
      send={send}
    >
      {(problemAt) => (
        <>
          <Field label="Name" hint="Each name is distributed once" required error={problemAt("label")}>
            {(control) => <TextInput {...control} value={values.label} onChange={set("label")} />}
          </Field>
          <Field label={`Amount in ${currency}`} required error={problemAt("amountMinor")}>
            {(control) => <TextInput {...control} inputMode="decimal" value={values.amount} onChange={set("amount")} />}
          </Field>
          <Field label="Day" required error={problemAt("paidOn")}>
            {(control) => <TextInput {...control} type="date" value={values.paidOn} onChange={set("paidOn")} />}
          </Field>
          <Field label="Costs owed to" required={false} error={problemAt("charges.0.name")}>
            {(control) => <TextInput {...control} value={values.costsTo} onChange={set("costsTo")} />}
          </Field>
          <Field
            label={`Costs in ${currency}, taken off first`}
            required={false}
            error={problemAt("charges.0.amountMinor")}
          >
            {(control) => <TextInput {...control} inputMode="decimal" value={values.costs} onChange={set("costs")} />}
          </Field>
          <Field label="Why" required error={problemAt("reason")}>
            {(control) => <TextInput {...control} value={values.reason} onChange={set("reason")} />}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
