"use client";

import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { writeDocument } from "@/lib/documents/actions";
import { RecordProblem } from "./problem";

/** The distribution notice to one holder, from the house's template and what the ledger says. */
export function NoticeButton({ dealId, holderId, name }: { dealId: string; holderId: string; name: string }) {
  const { busy, refusal, run, dialog } = useChange();
  const write = () =>
    run(
      () => writeDocument({ dealId, kind: "distribution-notice", offer: null, about: holderId }),
      "The notice is written. It goes out only when the chairman has let it.",
    );
  return (
    <>
      <Button variant="bare" busy={busy} onClick={write}>
        Write<span className="sr-only"> the notice to {name}</span>
      </Button>
      <RecordProblem code={refusal} />
      {dialog}
    </>
  );
}
