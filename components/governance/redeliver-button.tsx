"use client";

import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { deliverAgain } from "@/lib/governance/actions";

/** The same document under the same key, once more: a receiver that keeps its keys acts once. */
export function RedeliverButton({ handoffId, number }: { handoffId: string; number: string }) {
  const { busy, refusal, run, dialog } = useChange();
  return (
    <>
      <Button
        variant="bare"
        busy={busy}
        aria-label={`Deliver again: ${number}`}
        onClick={() => run(() => deliverAgain({ handoffId }), `${number} is delivered again.`)}
      >
        Deliver again
      </Button>
      {refusal ? <span role="alert">{errorSentence(refusal)}</span> : null}
      {dialog}
    </>
  );
}
