"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { errorSentence } from "@/components/ui/error-sentence";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { submitStage40 } from "@/lib/ventures/actions";

/** Starting stage 40; past a gate that is not met only with a reason, which is kept in the record. */
export function StartStage({ ventureId, gatePassed }: { ventureId: string; gatePassed: boolean }) {
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const router = useRouter();
  const toast = useToast();
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const reason = new FormData(event.currentTarget).get("reason");
    start(async () => {
      const overrideReason = typeof reason === "string" && reason.trim() ? reason : undefined;
      const result = await submitStage40({ ventureId, overrideReason });
      if (!result.ok) return setError(result.problems?.[0]?.expected ?? errorSentence(result.refusal, REFUSALS));
      setOpen(false);
      toast({ text: "Stage 40 has started with 40.1, growth management." });
      router.refresh();
    });
  }
  return (
    <Dialog
      title="Start stage 40?"
      description={
        gatePassed
          ? "The entry gate is met. Growth management begins; the agents may propose from now on."
          : "The entry gate is not met. You can start all the same; your reason goes into the record."
      }
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant={gatePassed ? "primary" : "plain"}>
          {gatePassed ? "Start stage 40" : "Start in spite of the gate"}
        </Button>
      }
    >
      <form onSubmit={submit} className="grid gap-4">
        {gatePassed ? null : (
          <Field label="Reason" required error={error}>
            {(control) => <Textarea name="reason" minLength={10} {...control} />}
          </Field>
        )}
        {gatePassed && error ? <p className="text-critical-text">{error}</p> : null}
        <p className="flex justify-end">
          <Button type="submit" variant="primary" busy={pending}>
            Start stage 40
          </Button>
        </p>
      </form>
    </Dialog>
  );
}

const REFUSALS = {
  GATE_FAILED: "The entry gate is not met; it takes a reason to start all the same.",
  OVERRIDE_NOT_ALLOWED: "Only the chairman can start in spite of the gate.",
  EXITED: "This venture has been exited.",
  ALREADY_ACTIVE: "This venture is in stage 40 already.",
};
