"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { submitLeverProposal } from "@/lib/growth/actions";
import { growthSentence } from "./driver-words";

type LeverProposeProps = { ventureId: string; leverId: string; title: string };

/** Sends one lever to the chairman as a memo; budget, effect and target come from its figures. */
export function LeverPropose({ ventureId, leverId, title }: LeverProposeProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const { busy, refusal, problemAt, run, dialog } = useChange();

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const why = String(new FormData(event.currentTarget).get("why") ?? "");
    const sent = await run(() => submitLeverProposal({ ventureId, leverId, why }), "The chairman is asked to decide.");
    if (!sent) return;
    setOpen(false);
    router.push(`/inbox/${sent.value.memoId}`);
  }

  return (
    <Dialog
      title={title}
      description="A memo with the lever’s budget, range and target goes to the chairman. Nothing starts before the decision."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button aria-label={`Propose: ${title}`}>Propose</Button>}
    >
      <form onSubmit={send} className="grid gap-4">
        <Field label="Why now" hint="In words; the numbers come from the figures" required error={problemAt("why")}>
          {(control) => <Textarea {...control} name="why" rows={4} minLength={3} maxLength={600} />}
        </Field>
        <p role="alert" className="font-medium text-critical-text">
          {growthSentence(refusal)}
        </p>
        <div>
          <Button type="submit" variant="primary" busy={busy}>
            Propose it
          </Button>
        </div>
      </form>
      {dialog}
    </Dialog>
  );
}
