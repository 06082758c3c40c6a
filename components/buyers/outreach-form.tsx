"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { OwnerField } from "@/components/ui/owner-field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { moveOutreach } from "@/lib/buyers/actions";
import type { BuyerLine } from "@/lib/buyers/queries";
import { STAGE_LABELS } from "@/lib/buyers/rules/outreach";
import { LEAVES_HOLDING, OUTREACH, type OutreachStage } from "@/lib/buyers/schema";
import { BuyerProblem } from "./buyer-problem";

type OutreachFormProps = {
  buyer: BuyerLine;
  /** Where it was dragged to; null: it stays until somebody chooses. */
  to: OutreachStage | null;
  onDone: () => void;
  ventureId: string;
  today: string;
  people: readonly { id: string; name: string }[];
};

/** Where a buyer is on the board, who does what next. What leaves the holding is greyed until the chairman approved it. */
export function OutreachForm({ buyer, to, onDone, ventureId, today, people }: OutreachFormProps) {
  const [stage, setStage] = useState(to ?? buyer.stage);
  const [on, setOn] = useState(today);
  const [note, setNote] = useState("");
  const [ownerId, setOwnerId] = useState(buyer.ownerId ?? "");
  const [nextStep, setNextStep] = useState(buyer.nextStep);
  const [nextOn, setNextOn] = useState(buyer.nextOn ?? "");
  const { busy, refusal, run, dialog } = useChange();
  const stages = OUTREACH.map((value) => {
    const waits = LEAVES_HOLDING.includes(value) && !buyer.cleared.includes(value) && value !== buyer.stage;
    return { value, label: waits ? `${STAGE_LABELS[value]} (not approved)` : STAGE_LABELS[value], disabled: waits };
  });
  async function submit(event: FormEvent) {
    event.preventDefault();
    const about = { ventureId, companyId: buyer.id, version: buyer.version };
    const next = { ownerId: ownerId || null, nextStep, nextOn: nextOn || null };
    if (await run(() => moveOutreach({ ...about, stage, on, note, ...next }), "The board is up to date.")) onDone();
  }
  return (
    <form onSubmit={submit} className="grid gap-3" aria-label={`Outreach to ${buyer.name}`}>
      <BuyerProblem code={refusal} />
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Stage">
          {(control) => (
            <Select
              {...control}
              options={stages}
              value={stage}
              onChange={(event) => setStage(OUTREACH.find((one) => one === event.target.value) ?? buyer.stage)}
            />
          )}
        </Field>
        <Field label="On">
          {(control) => (
            <TextInput
              {...control}
              type="date"
              max={today}
              value={on}
              onChange={(event) => setOn(event.target.value)}
            />
          )}
        </Field>
        <Field label="What happened" className="min-w-0 flex-1 basis-48">
          {(control) => <TextInput {...control} value={note} onChange={(event) => setNote(event.target.value)} />}
        </Field>
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <OwnerField people={people} value={ownerId} onChange={setOwnerId} />
        <Field label="Next step" className="min-w-0 flex-1 basis-48">
          {(control) => (
            <TextInput {...control} value={nextStep} onChange={(event) => setNextStep(event.target.value)} />
          )}
        </Field>
        <Field label="Next on">
          {(control) => (
            <TextInput {...control} type="date" value={nextOn} onChange={(event) => setNextOn(event.target.value)} />
          )}
        </Field>
        <Button type="submit" busy={busy}>
          Keep
        </Button>
      </div>
      {dialog}
    </form>
  );
}
