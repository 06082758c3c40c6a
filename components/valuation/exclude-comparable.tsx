"use client";

import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { submitComparableExclusion } from "@/lib/market/actions";
import { valuationSentence } from "./words";

type ExcludeComparableProps = { id: string; name: string; excluded: string | null };

/** Leaves a multiple out with a reason, or counts it again. */
export function ExcludeComparable({ id, name, excluded }: ExcludeComparableProps) {
  const { busy, run, dialog } = useChange();
  if (excluded !== null) {
    const again = () => run(() => submitComparableExclusion({ id, reason: null }), `${name} counts again.`);
    return (
      <>
        <Button variant="bare" busy={busy} onClick={again}>
          Count again<span className="sr-only">{`: ${name}`}</span>
        </Button>
        {dialog}
      </>
    );
  }
  return (
    <ReasonDialog
      title={`Leave ${name} out?`}
      description="The row stays in the table with your reason; the value is computed without it at once."
      trigger={
        <Button variant="bare">
          Leave out<span className="sr-only">{`: ${name}`}</span>
        </Button>
      }
      confirmLabel="Leave out"
      done={`${name} is left out.`}
      sentence={(refusal) => valuationSentence(refusal) ?? ""}
      send={(reason) => submitComparableExclusion({ id, reason })}
    />
  );
}
