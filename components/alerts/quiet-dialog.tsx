"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { ActionProblem } from "@/components/ui/action-problem";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { mute, snooze } from "@/lib/stage/actions/alerts";
import { type AlertLine, inDays } from "./alert-view";
import { ALERT_REFUSALS } from "./alert-words";

export type Quiet = "snooze" | "mute";
const SAID: Readonly<Record<Quiet, { title: string; text: string; button: string; done: string; days: number }>> = {
  snooze: {
    title: "Put this alert off",
    text: "Until that day it is told nowhere but here. If it is raised again before, it is back at once.",
    button: "Put it off",
    done: "It is put off.",
    days: 7,
  },
  mute: {
    title: "Mute this cause",
    text: "Through that day it is told nowhere, however often it is raised. It stays on this page, as muted, with your name and reason.",
    button: "Mute it",
    done: "It is muted.",
    days: 30,
  },
};

type QuietDialogProps = { quiet: Quiet; alert: AlertLine; today: string; onClose: () => void };

/** A day until which an alert is quiet; a mute needs a reason, too. */
export function QuietDialog({ quiet, alert, today, onClose }: QuietDialogProps) {
  const { title, text, button, done, days } = SAID[quiet];
  const [until, setUntil] = useState(inDays(today, days));
  const [reason, setReason] = useState("");
  const { busy, refusal, problemAt, run, dialog } = useChange();
  async function submit(event: FormEvent) {
    event.preventDefault();
    const { id: alertId, raisedAt } = alert;
    const call = () => (quiet === "snooze" ? snooze({ alertId, raisedAt, until }) : mute({ alertId, until, reason }));
    if (await run<null>(call, done)) onClose();
  }
  return (
    <Dialog title={title} description={text} open onOpenChange={(open) => (open ? undefined : onClose())}>
      <form onSubmit={submit} className="grid gap-3">
        <p className="font-medium">{alert.venture ? `${alert.venture.name}: ${alert.title}` : alert.title}</p>
        <ActionProblem code={refusal} sentences={ALERT_REFUSALS} />
        <Field label={quiet === "snooze" ? "Until" : "Through"} required error={problemAt("until")}>
          {(control) => (
            <TextInput {...control} type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
          )}
        </Field>
        {quiet === "mute" ? (
          <Field label="Reason" required error={problemAt("reason")}>
            {(control) => (
              <Textarea
                {...control}
                rows={2}
                maxLength={300}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        <div>
          <Button type="submit" variant="primary" busy={busy}>
            {button}
          </Button>
        </div>
      </form>
      {dialog}
    </Dialog>
  );
}
