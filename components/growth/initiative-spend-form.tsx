"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { formatNumber } from "@/lib/format";
import { writeSpend } from "@/lib/growth/actions/initiatives";
import type { SpendView } from "@/lib/growth/queries/initiatives/initiative";
import { InitiativeProblem } from "./initiative-problem";

type SpendFormProps = { initiativeId: string; currency: string; today: string; spends: readonly SpendView[] };

/** A payment, a promise, or the payment of a promise. */
export function InitiativeSpendForm({ initiativeId, currency, today, spends }: SpendFormProps) {
  const [kind, setKind] = useState<"spent" | "committed">("spent");
  const [amount, setAmount] = useState("");
  const [what, setWhat] = useState("");
  const [spentOn, setSpentOn] = useState(today);
  const [settlesId, setSettlesId] = useState("");
  const [entryKey, setEntryKey] = useState(() => crypto.randomUUID());
  const { busy, refusal, run, dialog } = useChange();
  const promises = spends.filter((entry) => entry.kind === "committed" && entry.closed === null);
  async function submit(event: FormEvent) {
    event.preventDefault();
    const entry = { initiativeId, entryKey, kind, amount, spentOn, what };
    const settled = kind === "spent" && settlesId !== "" ? settlesId : null;
    const written = await run(() => writeSpend({ ...entry, settlesId: settled }), "The entry is written.");
    if (!written) return;
    setEntryKey(crypto.randomUUID());
    setAmount("");
    setWhat("");
    setSettlesId("");
  }
  return (
    <form onSubmit={submit} className="grid grid-cols-1 gap-3" aria-label="Write down money">
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Kind">
          {(control) => (
            <Select
              {...control}
              options={[
                { value: "spent", label: "Paid" },
                { value: "committed", label: "Committed" },
              ]}
              value={kind}
              onChange={(event) => setKind(event.target.value === "committed" ? "committed" : "spent")}
            />
          )}
        </Field>
        <Field label={`Amount (${currency})`} required>
          {(control) => (
            <TextInput
              {...control}
              numeric
              className="w-32"
              value={amount}
              onChange={(event) => setAmount(event.target.value)}
            />
          )}
        </Field>
        <Field label="Day" required>
          {(control) => (
            <TextInput {...control} type="date" value={spentOn} onChange={(event) => setSpentOn(event.target.value)} />
          )}
        </Field>
        <Field label="What for" required className="min-w-0 flex-1 basis-48">
          {(control) => (
            <TextInput {...control} maxLength={200} value={what} onChange={(event) => setWhat(event.target.value)} />
          )}
        </Field>
        {kind === "spent" && promises.length > 0 ? (
          <Field label="Pays the commitment" className="min-w-0">
            {(control) => (
              <Select
                {...control}
                className="max-w-full"
                placeholder="None"
                options={promises.map((entry) => ({
                  value: entry.id,
                  label: `${entry.what}, ${formatNumber(entry.amount)}`,
                }))}
                value={settlesId}
                onChange={(event) => setSettlesId(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        <Button type="submit" busy={busy}>
          Write it down
        </Button>
      </div>
      <InitiativeProblem code={refusal} />
      {dialog}
    </form>
  );
}
