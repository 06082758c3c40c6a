"use client";

import type { FormEvent, ReactNode } from "react";
import type { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { InitiativeProblem } from "./initiative-problem";

type ChangeFormProps = {
  /** What the form is for, for who does not see it. */
  label: string;
  button: string;
  change: Pick<ReturnType<typeof useChange>, "busy" | "refusal" | "dialog">;
  onSubmit: () => Promise<void>;
  /** Said before the fields. */
  intro?: ReactNode;
  /** Said once it is done. */
  outcome?: ReactNode;
  children: ReactNode;
};

/** Fields in a row with one button, why it was refused, and what came of it. */
export function ChangeForm({ label, button, change, onSubmit, intro, outcome, children }: ChangeFormProps) {
  async function submit(event: FormEvent) {
    event.preventDefault();
    await onSubmit();
  }
  return (
    <form onSubmit={submit} className="grid grid-cols-1 gap-3" aria-label={label}>
      {intro}
      <div className="flex flex-wrap items-end gap-3">
        {children}
        <Button type="submit" busy={change.busy}>
          {button}
        </Button>
      </div>
      <InitiativeProblem code={change.refusal} />
      {outcome}
      {change.dialog}
    </form>
  );
}
