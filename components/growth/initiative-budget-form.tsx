"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { TextInput } from "@/components/ui/text-input";
import { askForBudget } from "@/lib/growth/actions/initiatives";
import { InitiativeProblem } from "./initiative-problem";

type BudgetFormProps = { initiativeId: string; version: number; currency: string };

/** Asks the chairman for more: it becomes a memo, and nothing changes before the verdict. */
export function InitiativeBudgetForm({ initiativeId, version, currency }: BudgetFormProps) {
  const [increase, setIncrease] = useState("");
  const [reason, setReason] = useState("");
  const [memoId, setMemoId] = useState<string | null>(null);
  const { busy, refusal, run, dialog } = useChange();
  async function submit(event: FormEvent) {
    event.preventDefault();
    const asked = await run(() => askForBudget({ initiativeId, version, increase, reason }), "The chairman is asked.");
    if (asked) setMemoId(asked.value.memoId);
  }
  return (
    <form onSubmit={submit} className="grid grid-cols-1 gap-3" aria-label="Ask for a larger budget">
      <div className="flex flex-wrap items-end gap-3">
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
            <TextInput
              {...control}
              maxLength={600}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" busy={busy}>
          Ask the chairman
        </Button>
      </div>
      <InitiativeProblem code={refusal} />
      {memoId ? (
        <p role="status">
          The chairman decides on <TextLink href={`/inbox/${memoId}`}>this memo</TextLink>. The budget stays as it is
          until then.
        </p>
      ) : null}
      {dialog}
    </form>
  );
}
