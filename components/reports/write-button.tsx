"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { useToast } from "@/components/ui/toast";
import { keepPerformance, recommend, writeExit } from "@/lib/reports/actions";
import type { ExitDocument } from "@/lib/reports/schema/exit-documents";

type Input = { ventureId: string };
const exit = (kind: ExitDocument) => (input: Input) => writeExit({ ...input, kind });

const WRITERS = {
  "performance-dashboard": { label: "Keep today's performance", write: keepPerformance },
  "optimization-recommendations": { label: "Write recommendations", write: recommend },
  "valuation-optimization-plan": { label: "Write the plan", write: exit("valuation-optimization-plan") },
  "due-diligence-package": { label: "Keep today's package", write: exit("due-diligence-package") },
  "target-buyer-list": { label: "Keep today's list", write: exit("target-buyer-list") },
  "exit-teaser": { label: "Draft the teaser", write: exit("exit-teaser") },
  "information-memorandum": { label: "Draft the memorandum", write: exit("information-memorandum") },
} as const;
export type WrittenKind = keyof typeof WRITERS;

/** Stores the next version of a report that rules write, from the figures of now. */
export function WriteButton({ ventureId, kind }: { ventureId: string; kind: WrittenKind }) {
  const router = useRouter();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { label, write } = WRITERS[kind];
  async function run() {
    setBusy(true);
    setRefusal(null);
    try {
      const outcome = await write({ ventureId });
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
    <span className="inline-flex flex-wrap items-center gap-3">
      <Button busy={busy} onClick={run}>
        {label}
      </Button>
      <span role="status" className="text-sm text-critical-text">
        {refusal ? errorSentence(refusal) : null}
      </span>
    </span>
  );
}
