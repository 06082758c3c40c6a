"use client";

import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { submitValuationReport } from "@/lib/valuation/actions";
import { valuationSentence } from "./words";

/** Writes the report of the newest version; it is read and taken along on the page of reports. */
export function WriteReport({ ventureId }: { ventureId: string }) {
  const { busy, refusal, run, dialog } = useChange();
  const write = () => run(() => submitValuationReport({ ventureId }), "The report is stored.");
  return (
    <span className="inline-flex flex-wrap items-center gap-3">
      <Button busy={busy} onClick={write}>
        Write the report
      </Button>
      <span role="status" className="text-sm text-critical-text">
        {valuationSentence(refusal)}
      </span>
      {dialog}
    </span>
  );
}
