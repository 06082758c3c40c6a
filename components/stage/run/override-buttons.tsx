"use client";

import { Button } from "@/components/ui/button";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { submitOverride, submitTakeBack } from "@/lib/stage/actions/run";
import type { CriterionId } from "@/lib/stage/schema/run";
import { refusalSentence } from "./run-words";

/** Lets a line pass against the facts; the reason stands beside it from then on. */
export function LetPass({ ventureId, criterion, label }: { ventureId: string; criterion: CriterionId; label: string }) {
  return (
    <ReasonDialog
      title={`Let “${label}” pass?`}
      description="The facts do not meet this line. It counts as met from now on, with your reason beside it, until you take that back."
      trigger={<Button aria-label={`Let pass: ${label}`}>Let pass…</Button>}
      confirmLabel="Let it pass"
      done="It passes by your word."
      sentence={refusalSentence}
      send={(reason) => submitOverride({ ventureId, criterion, reason })}
    />
  );
}

export function TakeBack({ overrideId, label }: { overrideId: string; label: string }) {
  return (
    <ReasonDialog
      title={`Let the facts decide “${label}” again?`}
      description="The line counts by its facts again. What you said before stays to be read."
      trigger={<Button aria-label={`Take back: ${label}`}>Take back…</Button>}
      confirmLabel="Take back"
      done="The facts decide again."
      sentence={refusalSentence}
      send={(reason) => submitTakeBack({ overrideId, reason })}
    />
  );
}
