"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { errorSentence } from "@/components/ui/error-sentence";
import { useToast } from "@/components/ui/toast";
import { submitCycle, submitCycleOrder } from "@/lib/growth/actions";
import type { CycleView } from "@/lib/growth/queries/cycle/cycles";
import type { CycleOrder } from "@/lib/growth/schema";
import { CYCLE_REFUSALS } from "./cycle-words";

type Outcome = { ok: true } | { ok: false; refusal: string };

/** Runs an order and says how it went; what a person reads of the cycle afterwards comes from the server again. */
function useOrder() {
  const [pending, start] = useTransition();
  const [error, setError] = useState<string | null>(null);
  const router = useRouter();
  const toast = useToast();
  const run = (work: () => Promise<Outcome>, done: string) =>
    start(async () => {
      const outcome = await work();
      setError(outcome.ok ? null : errorSentence(outcome.refusal, CYCLE_REFUSALS));
      if (outcome.ok) toast({ text: done });
      router.refresh();
    });
  return { pending, error, run };
}

export function StartCycle({ ventureId }: { ventureId: string }) {
  const { pending, error, run } = useOrder();
  return (
    <div className="grid justify-items-start gap-2">
      <Button busy={pending} onClick={() => run(() => submitCycle({ ventureId }), "The growth cycle has started.")}>
        Start the growth cycle
      </Button>
      {error ? <p className="text-critical-text">{error}</p> : null}
    </div>
  );
}

type OrdersProps = { cycle: CycleView; mayReview: boolean; maySteer: boolean };

const DONE: Readonly<Record<CycleOrder["order"], string>> = {
  pause: "The growth cycle is paused.",
  resume: "The growth cycle goes on.",
  cancel: "The growth cycle is cancelled.",
  review: "The review was brought forward.",
};

export function CycleOrders({ cycle, mayReview, maySteer }: OrdersProps) {
  const { pending, error, run } = useOrder();
  const { id: cycleId, version, status, phase } = cycle;
  const give = (order: CycleOrder["order"]) => run(() => submitCycleOrder({ cycleId, version, order }), DONE[order]);
  const reviewable = mayReview && status === "running" && phase !== "measure" && phase !== "learn";
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        {reviewable ? (
          <Button busy={pending} onClick={() => give("review")}>
            Review now
          </Button>
        ) : null}
        {maySteer ? (
          <Button busy={pending} onClick={() => give(status === "paused" ? "resume" : "pause")}>
            {status === "paused" ? "Resume" : "Pause"}
          </Button>
        ) : null}
        {maySteer ? (
          <ConfirmDialog
            title="Cancel this growth cycle?"
            description="It ends without a review and no other follows. Initiatives go on; their measurement does not. A new cycle can be started at any time."
            confirmLabel="Cancel the cycle"
            danger
            trigger={<Button>Cancel cycle…</Button>}
            onConfirm={() => give("cancel")}
          />
        ) : null}
      </div>
      {error ? <p className="text-critical-text">{error}</p> : null}
    </div>
  );
}
