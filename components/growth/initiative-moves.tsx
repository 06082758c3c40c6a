"use client";

import { useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { holdInitiative, moveInitiativeOn } from "@/lib/growth/actions/initiatives";
import type { InitiativeStatus } from "@/lib/growth/schema/initiatives";
import { InitiativeProblem } from "./initiative-problem";

type MovesProps = {
  initiativeId: string;
  version: number;
  status: InitiativeStatus;
  may: { edit: boolean; hold: boolean };
};

type Hold = { to: "paused" | "running" | "stopped"; verb: string; done: string; danger?: boolean };
const PAUSE: Hold = { to: "paused", verb: "Pause", done: "It is paused." };
const RESUME: Hold = { to: "running", verb: "Let it go on", done: "It goes on." };
const STOP: Hold = { to: "stopped", verb: "Stop", done: "It is stopped.", danger: true };

const HOLDS: Readonly<Record<InitiativeStatus, readonly Hold[]>> = {
  planned: [STOP],
  running: [PAUSE, STOP],
  paused: [RESUME, STOP],
  stopped: [],
  done: [],
};

/** From one state to the next: the work's own moves for those who lead it, the holds for the chairman. */
export function InitiativeMoves({ initiativeId, version, status, may }: MovesProps) {
  const { busy, refusal, run, dialog } = useChange();
  const move = (to: "running" | "done", done: string) =>
    run(() => moveInitiativeOn({ initiativeId, version, to, reason: "" }), done);
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap gap-2">
        {may.edit && status === "planned" ? (
          <Button variant="primary" busy={busy} onClick={() => move("running", "It is started.")}>
            Start it
          </Button>
        ) : null}
        {may.edit && status === "running" ? (
          <Button busy={busy} onClick={() => move("done", "It is done.")}>
            Mark as done
          </Button>
        ) : null}
        {may.hold
          ? HOLDS[status].map((hold) => (
              <HoldDialog key={hold.to} hold={hold} initiativeId={initiativeId} version={version} />
            ))
          : null}
      </div>
      <InitiativeProblem code={refusal} />
      {dialog}
    </div>
  );
}

/** A hold says why: the reason stands in the plan and in the record. */
function HoldDialog({ hold, initiativeId, version }: { hold: Hold; initiativeId: string; version: number }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const { busy, refusal, run, dialog } = useChange();
  async function submit() {
    const done = await run(() => holdInitiative({ initiativeId, version, to: hold.to, reason }), hold.done);
    if (done) setOpen(false);
  }
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={`${hold.verb}?`}
      trigger={<Button variant={hold.danger ? "danger" : undefined}>{hold.verb}</Button>}
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label="Why" hint="It stands in the plan and in the record." required>
          {(control) => (
            <TextInput
              {...control}
              maxLength={300}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <InitiativeProblem code={refusal} />
        <div>
          <Button type="submit" variant={hold.danger ? "danger" : "primary"} busy={busy}>
            {hold.verb}
          </Button>
        </div>
      </form>
      {dialog}
    </Dialog>
  );
}
