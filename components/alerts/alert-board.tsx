"use client";

import { useRef, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { useKeys } from "@/components/shell/use-keys";
import { useListKeys } from "@/components/shell/use-list-keys";
import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { KeyHint } from "@/components/ui/key-hint";
import { useToast } from "@/components/ui/toast";
import { plural } from "@/lib/format";
import { acknowledgeAll, unmute, wake } from "@/lib/stage/actions/alerts";
import { type AlertDeed, AlertRow } from "./alert-row";
import type { AlertLine } from "./alert-view";
import { ALERT_REFUSALS } from "./alert-words";
import { QuietDialog } from "./quiet-dialog";
import { RiskDialog, type RiskPeople } from "./risk-dialog";

type AlertBoardProps = { alerts: readonly AlertLine[]; mayNote: boolean; today: string; people: RiskPeople };
type Open = { deed: AlertDeed; alert: AlertLine } | null;

/** Which alert the keyboard is on. */
const focusedId = (): string | null =>
  document.activeElement?.closest<HTMLElement>("[data-alert]")?.dataset.alert ?? null;

/** What stands, with the many things that a person does about it: one by one, or several at once. */
export function AlertBoard({ alerts, mayNote, today, people }: AlertBoardProps) {
  const container = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<Open>(null);
  const toast = useToast();
  const change = useChange();
  const choosable = alerts.filter(({ state }) => state === "open");
  const marked = choosable.filter(({ id }) => chosen.has(id));

  function choose(id: string, on: boolean) {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  }
  async function note(which: readonly AlertLine[]) {
    if (which.length === 0) return;
    const call = () => acknowledgeAll({ alerts: which.map(({ id, raisedAt }) => ({ alertId: id, raisedAt })) });
    const done = await change.run(call);
    if (!done) return;
    const { noted, left } = done.value;
    setChosen(new Set());
    toast({
      text: `${plural(noted, "alert")} noted in your name.${left > 0 ? ` ${left} had changed meanwhile.` : ""}`,
    });
  }
  async function act(deed: AlertDeed, alert: AlertLine) {
    if (deed === "wake") await change.run(() => wake({ alertId: alert.id }), "It is told again.");
    else if (deed === "unmute") await change.run(() => unmute({ alertId: alert.id }), "The mute has ended.");
    else setOpen({ deed, alert });
  }
  const focused = () => alerts.find(({ id }) => id === focusedId());
  useListKeys({ container });
  useKeys(
    mayNote
      ? {
          x: () => {
            const alert = focused();
            if (alert?.state === "open") choose(alert.id, !chosen.has(alert.id));
          },
          a: () => {
            const alert = focused();
            void note(marked.length > 0 ? marked : alert?.state === "open" ? [alert] : []);
          },
          s: () => {
            const alert = focused();
            if (alert) setOpen({ deed: "snooze", alert });
          },
        }
      : {},
  );
  return (
    <div ref={container} className="grid grid-cols-1 gap-2">
      {mayNote && choosable.length > 0 ? (
        <div className="flex flex-wrap items-center gap-3" data-print="none">
          <Button
            onClick={() => setChosen(new Set(marked.length === choosable.length ? [] : choosable.map(({ id }) => id)))}
          >
            {marked.length === choosable.length ? "Choose none" : "Choose all open"}
          </Button>
          <Button variant="primary" busy={change.busy} disabled={marked.length === 0} onClick={() => note(marked)}>
            {marked.length === 0 ? "Acknowledge the chosen" : `Acknowledge ${plural(marked.length, "alert")}`}
          </Button>
          <span className="text-sm text-muted max-sm:hidden">
            <KeyHint keys="j" /> <KeyHint keys="k" /> move, <KeyHint keys="x" /> chooses, <KeyHint keys="a" />{" "}
            acknowledges, <KeyHint keys="s" /> puts off
          </span>
        </div>
      ) : null}
      {change.refusal ? (
        <p role="alert" className="border-l-3 border-critical bg-wash px-3 py-2">
          {errorSentence(change.refusal, ALERT_REFUSALS)}
        </p>
      ) : null}
      <ul aria-label="Standing alerts">
        {alerts.map((alert) => (
          <AlertRow
            key={alert.id}
            alert={alert}
            mayNote={mayNote}
            chosen={chosen.has(alert.id)}
            onChoose={(on) => choose(alert.id, on)}
            onDo={(deed) => act(deed, alert)}
          />
        ))}
      </ul>
      {open?.deed === "snooze" || open?.deed === "mute" ? (
        <QuietDialog quiet={open.deed} alert={open.alert} today={today} onClose={() => setOpen(null)} />
      ) : null}
      {open?.deed === "risk" ? <RiskDialog people={people} from={open.alert} onClose={() => setOpen(null)} /> : null}
      {change.dialog}
    </div>
  );
}
