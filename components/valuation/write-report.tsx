"use client";

import { useRouter } from "next/navigation";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { reportHref } from "@/lib/reports/schema";
import { submitValuationReport } from "@/lib/valuation/actions";
import { VALUATION_REPORT } from "@/lib/valuation/schema/venture";
import { valuationSentence } from "./words";

/** Writes the report of the newest version; it is read and taken along on the page of reports, to which the message leads. */
export function WriteReport({ venture }: { venture: { id: string; slug: string } }) {
  const router = useRouter();
  const toast = useToast();
  const { busy, refusal, run, dialog } = useChange();
  async function write() {
    const stored = await run(() => submitValuationReport({ ventureId: venture.id }));
    if (!stored) return;
    const { id, version } = stored.value;
    const read = () => router.push(reportHref(venture.slug, { id, kind: VALUATION_REPORT }));
    toast({ text: `Version ${version} of the report is stored.`, action: { label: "Read it", run: read } });
  }
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
