"use client";

import { policyRefusal } from "@/components/autonomy/words";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Level } from "@/components/ui/level";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { pauseAgents, resumeAgents } from "@/lib/decisions/actions/autonomy";

export type Pause = { id: string; reason: string; by: string; since: string };

/** One switch for all agents of all ventures: each stops before its next step, and goes on there. */
export function PausePanel({ pause, mayPause }: { pause: Pause | null; mayPause: boolean }) {
  const { busy, refusal, run, dialog } = useChange();
  return (
    <div className="flex flex-wrap items-start justify-between gap-4">
      <div className="prose-width">
        <p>
          {pause ? (
            <>
              <Level level="warning" word="All agents are paused" /> since {pause.since}, by {pause.by}
            </>
          ) : (
            <Level level="healthy" word="Agents are at work" />
          )}
        </p>
        <p className="text-muted">
          {pause
            ? `“${pause.reason}” No agent goes past its next step, and nothing is decided without a person.`
            : "Paused, each agent stops before its next step and nothing is decided without a person. People work on."}
        </p>
        <p role="alert" className="font-medium text-critical-text empty:hidden">
          {refusal ? policyRefusal(refusal) : null}
        </p>
      </div>
      {!mayPause ? null : pause ? (
        <Button
          variant="primary"
          busy={busy}
          onClick={() => void run(() => resumeAgents({ pauseId: pause.id }), "The agents go on where they stopped.")}
        >
          Let the agents go on
        </Button>
      ) : (
        <ReasonDialog
          title="Pause all agents?"
          description="Each stops before its next step, at every venture. What they decided and did not carry out yet comes to you. Nothing is lost: they go on where they stopped."
          trigger={<Button variant="danger">Pause all agents</Button>}
          confirmLabel="Pause them"
          done="All agents are paused."
          sentence={policyRefusal}
          send={(reason) => pauseAgents({ reason })}
        />
      )}
      {dialog}
    </div>
  );
}
