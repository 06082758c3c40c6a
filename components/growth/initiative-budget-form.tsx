"use client";

import { useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { TextInput } from "@/components/ui/text-input";
import { askForBudget } from "@/lib/growth/actions/initiatives";
import { ChangeForm } from "./change-form";

type BudgetFormProps = { initiativeId: string; version: number; currency: string };

/** Asks the chairman for more: it becomes a memo, and nothing changes before the verdict. */
export function InitiativeBudgetForm({ initiativeId, version, currency }: BudgetFormProps) {
  const [increase, setIncrease] = useState("");
  const [reason, setReason] = useState("");
  const [memoId, setMemoId] = useState<string | null>(null);
  const change = useChange();
  async function ask() {
    const call = () => askForBudget({ initiativeId, version, increase, reason });
    const asked = await change.run(call, "The chairman is asked.");
    if (asked) setMemoId(asked.value.memoId);
  }
  const outcome = memoId ? (
    <p role="status">
      The chairman decides on <TextLink href={`/inbox/${memoId}`}>this memo</TextLink>. The budget stays as it is until
      then.
    </p>
  ) : null;
  return (
    <ChangeForm
      label="Ask for a larger budget"
      button="Ask the chairman"
      change={change}
      onSubmit={ask}
      outcome={outcome}
    >
      <Field label={`Increase (${currency})`} required>
        {(control) => (
          <TextInput
            {...control}
            numeric
            className="w-32"
            value={increase}
            onChange={(event) => setIncrease(event.target.value)}
          />
        )}
      </Field>
      <Field label="Why" required className="min-w-0 flex-1 basis-60">
        {(control) => (
          <TextInput {...control} maxLength={600} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
    </ChangeForm>
  );
}
