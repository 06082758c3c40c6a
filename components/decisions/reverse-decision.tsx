"use client";

import { Button } from "@/components/ui/button";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { reverse } from "@/lib/decisions/actions";
import { refusalSentence } from "./verdict-words";

type ReverseDecisionProps = { memoId: string; version: number; title: string };

/** Takes back what was decided, with what it brought about; the reason goes into the record. */
export function ReverseDecision({ memoId, version, title }: ReverseDecisionProps) {
  return (
    <ReasonDialog
      title="Reverse this decision?"
      description={`“${title}”: what was started is stopped, and the record keeps both. The same is not decided again without you.`}
      trigger={<Button aria-label={`Reverse: ${title}`}>Reverse</Button>}
      confirmLabel="Reverse it"
      done="Reversed."
      sentence={refusalSentence}
      send={(reason) => reverse({ memoId, version, reason })}
    />
  );
}
