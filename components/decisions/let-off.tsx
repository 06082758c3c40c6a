"use client";

import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { letOff } from "@/lib/decisions/actions/inbox";
import { refusalSentence } from "./verdict-words";

/** The opinion is not needed any more. */
export function LetOff({ readingId, reader }: { readingId: string; reader: string }) {
  const { busy, refusal, run, dialog } = useChange();
  return (
    <>
      <Button
        variant="bare"
        busy={busy}
        aria-label={`Ask no longer: ${reader}`}
        onClick={() => void run(() => letOff({ readingId }), "Asked no longer.")}
      >
        Ask no longer
      </Button>
      <span role="alert">{refusal ? refusalSentence(refusal) : null}</span>
      {dialog}
    </>
  );
}
