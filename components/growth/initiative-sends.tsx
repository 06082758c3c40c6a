"use client";

import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Level, type LevelName } from "@/components/ui/level";
import { plural } from "@/lib/format";
import { sendMessageAgain } from "@/lib/growth/actions/initiatives";
import type { SendView } from "@/lib/growth/queries/initiatives/initiative";
import { InitiativeProblem } from "./initiative-problem";

const STATES: Readonly<Record<SendView["state"], { level: LevelName; word: string }>> = {
  waiting: { level: "unknown", word: "waiting" },
  delivered: { level: "healthy", word: "delivered" },
  abandoned: { level: "warning", word: "not delivered" },
  "taken-back": { level: "unknown", word: "taken back, not sent" },
};

type SendsProps = { sends: readonly SendView[]; mayEdit: boolean };

/** What the memo allowed to be sent, what became of it, and a way to try again where it failed. */
export function InitiativeSends({ sends, mayEdit }: SendsProps) {
  const { refusal, run, dialog } = useChange();
  return (
    <div className="grid grid-cols-1 gap-3">
      <ul>
        {sends.map(({ id, name, url, tool, state, attempts, problem }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-1">
            <span className="font-medium">{tool ? `${name}, tool ${tool}` : name}</span>
            <span className="min-w-0 break-all text-muted">{url}</span>
            <Level level={STATES[state].level} word={STATES[state].word} />
            <span className="min-w-0 text-sm text-muted">
              {plural(attempts, "attempt")}
              {problem ? `; ${problem}` : ""}
            </span>
            {mayEdit && (state === "abandoned" || (state === "waiting" && attempts > 0)) ? (
              <ConfirmDialog
                title={`Send it to ${name} now?`}
                description="Exactly what the chairman approved, under the same key. Where the last problem says that it is not known whether the tool acted, look there first."
                confirmLabel="Send it now"
                trigger={<Button variant="bare">Retry now</Button>}
                onConfirm={async () => {
                  await run(() => sendMessageAgain({ messageId: id }), "It is being sent.");
                }}
              />
            ) : null}
          </li>
        ))}
      </ul>
      <InitiativeProblem code={refusal} />
      {dialog}
    </div>
  );
}
