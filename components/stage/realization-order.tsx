"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { useToast } from "@/components/ui/toast";
import { submitRealizationOrder } from "@/lib/stage/actions/realization";
import type { RealizationView } from "@/lib/stage/queries/realization";

const REFUSALS = {
  NOT_RUNNING: "The sale is not running.",
  NOT_PAUSED: "The sale is not paused.",
  CONFLICT: "It went on since you read it. Read it again.",
};

/** Lets the run of the sale wait, or go on. */
export function RealizationOrder({ run }: { run: Pick<RealizationView, "id" | "version" | "status"> }) {
  const [pending, start] = useTransition();
  const [error, setError] = useState<string | null>(null);
  const router = useRouter();
  const toast = useToast();
  const order = run.status === "paused" ? "resume" : "pause";
  const give = () =>
    start(async () => {
      const asked = { realizationId: run.id, version: run.version, order } as const;
      const outcome = await submitRealizationOrder(asked).catch(() => ({
        ...{ ok: false as const, refusal: "UNAVAILABLE" },
      }));
      setError(outcome.ok ? null : errorSentence(outcome.refusal, REFUSALS));
      if (outcome.ok) toast({ text: order === "pause" ? "The sale is paused." : "The sale goes on." });
      router.refresh();
    });
  return (
    <div className="grid justify-items-start gap-2" data-print="none">
      <Button busy={pending} onClick={give}>
        {order === "pause" ? "Pause the sale" : "Let it go on"}
      </Button>
      {error ? (
        <p role="alert" className="text-critical-text">
          {error}
        </p>
      ) : null}
    </div>
  );
}
