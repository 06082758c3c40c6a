"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { submitApply } from "@/lib/imports/actions";
import { answered } from "./answered";
import { type Refused, RefusedNotice } from "./refused";
import { RunningProgress } from "./running-progress";

/** One press applies once, however often it is pressed. */
export function ApplyPanel({ importId, label }: { importId: string; label: string }) {
  const router = useRouter();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [refreshing, startRefresh] = useTransition();
  const [refused, setRefused] = useState<Refused | null>(null);

  async function apply() {
    setBusy(true);
    setRefused(null);
    const result = await answered(submitApply({ importId }));
    setBusy(false);
    if (result.ok) toast({ text: "Import applied." });
    else setRefused(result);
    startRefresh(() => router.refresh());
  }

  return (
    <div className="grid gap-3">
      <RefusedNotice refused={refused} />
      <RunningProgress importId={importId} running={busy || refreshing} />
      <div>
        <Button variant="primary" busy={busy || refreshing} onClick={apply}>
          {label}
        </Button>
      </div>
    </div>
  );
}
