"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { useToast } from "@/components/ui/toast";
import { keepPerformance, recommend, writeExit } from "@/lib/reports/actions";
import type { ExitDocument } from "@/lib/reports/schema/exit-documents";
import { WRITTEN, type WrittenKind } from "./outputs";

type Input = { ventureId: string };
const exit = (kind: ExitDocument) => (input: Input) => writeExit({ ...input, kind });

const WRITERS: Readonly<Record<WrittenKind, (input: Input) => ReturnType<typeof keepPerformance>>> = {
  "performance-dashboard": keepPerformance,
  "optimization-recommendations": recommend,
  "exit-readiness-report": exit("exit-readiness-report"),
  "valuation-optimization-plan": exit("valuation-optimization-plan"),
  "due-diligence-package": exit("due-diligence-package"),
  "target-buyer-list": exit("target-buyer-list"),
  "exit-teaser": exit("exit-teaser"),
  "information-memorandum": exit("information-memorandum"),
};

/** Stores the next version of a report that rules write, from the figures of now. */
export function WriteButton({ ventureId, kind }: { ventureId: string; kind: WrittenKind }) {
  const router = useRouter();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  async function run() {
    setBusy(true);
    setRefusal(null);
    try {
      const outcome = await WRITERS[kind]({ ventureId });
      if (!outcome.ok) return setRefusal(outcome.refusal);
      toast({ text: `Version ${outcome.value.version} is stored.` });
      router.refresh();
    } catch {
      setRefusal("UNAVAILABLE");
    } finally {
      setBusy(false);
    }
  }
  return (
    <span data-print="none" className="inline-flex flex-wrap items-center gap-3">
      <Button busy={busy} onClick={run}>
        {WRITTEN[kind]}
      </Button>
      <span role="status" className="text-sm text-critical-text">
        {refusal ? errorSentence(refusal) : null}
      </span>
    </span>
  );
}
