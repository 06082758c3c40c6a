"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { errorSentence } from "@/components/ui/error-sentence";
import { useToast } from "@/components/ui/toast";
import { submitExitOrder, submitExitStart } from "@/lib/stage/actions/exit";
import type { OrderExit } from "@/lib/stage/schema/exit";
import { EXIT_REFUSALS } from "./exit-words";

type Outcome = { ok: true } | { ok: false; refusal: string };
type Running = { id: string; version: number; status: "running" | "paused" };

const DONE: Readonly<Record<OrderExit["order"], string>> = {
  pause: "Exit preparation is paused.",
  resume: "Exit preparation goes on.",
  cancel: "Exit preparation is cancelled.",
  check: "It is being looked at again.",
};

type OrdersProps = { ventureId: string; running: Running | null; mayCheck: boolean; maySteer: boolean };

/** Starts exit preparation, and says how it goes on; what a person reads of it afterwards comes from the server again. */
export function ExitOrders({ ventureId, running, mayCheck, maySteer }: OrdersProps) {
  const [pending, start] = useTransition();
  const [error, setError] = useState<string | null>(null);
  const router = useRouter();
  const toast = useToast();
  const run = (work: () => Promise<Outcome>, done: string) =>
    start(async () => {
      const outcome = await work().catch(() => ({ ok: false as const, refusal: "UNAVAILABLE" }));
      setError(outcome.ok ? null : errorSentence(outcome.refusal, EXIT_REFUSALS));
      if (outcome.ok) toast({ text: done });
      router.refresh();
    });
  const give = (order: OrderExit["order"]) => () => {
    if (!running) return;
    const { id: preparationId, version } = running;
    run(() => submitExitOrder({ preparationId, version, order }), DONE[order]);
  };
  return (
    <div className="grid justify-items-start gap-2" data-print="none">
      <div className="flex flex-wrap gap-2">
        {!running && maySteer ? (
          <ConfirmDialog
            title="Start exit preparation (40.2)?"
            description="Growth goes on beside it. Buyers, due diligence and valuation are looked at regularly; nothing leaves the holding without you."
            confirmLabel="Start"
            trigger={
              <Button variant="primary" busy={pending}>
                Start exit preparation…
              </Button>
            }
            onConfirm={() => run(() => submitExitStart({ ventureId }), "Exit preparation has started.")}
          />
        ) : null}
        {running && mayCheck && running.status === "running" ? (
          <Button busy={pending} onClick={give("check")}>
            Check now
          </Button>
        ) : null}
        {running && maySteer ? (
          <>
            <Button busy={pending} onClick={give(running.status === "paused" ? "resume" : "pause")}>
              {running.status === "paused" ? "Resume" : "Pause"}
            </Button>
            <ConfirmDialog
              title="Cancel this exit preparation?"
              description="Its checks end. What was gathered stays, and it can be started again; its clock then begins anew."
              confirmLabel="Cancel preparation"
              danger
              trigger={<Button>Cancel preparation…</Button>}
              onConfirm={give("cancel")}
            />
          </>
        ) : null}
      </div>
      {error ? <p className="text-critical-text">{error}</p> : null}
    </div>
  );
}
