"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { useStepUp } from "@/components/auth/step-up";
import { Button } from "@/components/ui/button";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { useToast } from "@/components/ui/toast";
import { submitStageOrder } from "@/lib/stage/actions/run";
import type { OrderStage } from "@/lib/stage/schema/run";
import { refusalSentence } from "./run-words";

type Run = { id: string; version: number; paused: boolean; open: readonly string[]; gate: boolean };
type Back = { to: "39" | "40.1" | "40.2"; label: string; description: string };

const BACKS: Readonly<Record<Back["to"], Omit<Back, "to">>> = {
  "40.2": {
    label: "Back to preparation…",
    description: "The sale (40.3) closes, what was bid stays to be read, and exit preparation (40.2) begins anew.",
  },
  "40.1": {
    label: "Back to growth…",
    description: "Preparation and sale close; what was gathered stays. Growth management (40.1) goes on alone.",
  },
  "39": {
    label: "Back to stage 39…",
    description: "An emergency: every substage closes, the growth loop ends, and the venture is mature again.",
  },
};

/** Where this run can be taken back to. */
const backsOf = ({ open, gate }: Run): Back["to"][] => [
  ...(open.includes("40.3") ? (["40.2"] as const) : []),
  ...(open.includes("40.2") || open.includes("40.3") ? (["40.1"] as const) : []),
  ...(gate ? [] : (["39"] as const)),
];

/** The chairman's hand on the stage as a whole: it waits, goes on, goes back, or ends. */
export function StageOrders({ run }: { run: Run }) {
  const { guarded, dialog } = useStepUp();
  const { id: runId, version } = run;
  const send = (order: OrderStage) => guarded(() => submitStageOrder(order));
  return (
    <div className="flex flex-wrap gap-2" data-print="none">
      {run.paused ? <Resume send={() => send({ runId, version, order: "resume" })} /> : <Pause run={run} send={send} />}
      {backsOf(run).map((to) => (
        <ReasonDialog
          key={to}
          title={`${BACKS[to].label.replace("…", "")}?`}
          description={BACKS[to].description}
          trigger={<Button>{BACKS[to].label}</Button>}
          confirmLabel="Roll back"
          done="Rolled back."
          sentence={refusalSentence}
          send={(reason) => send({ runId, version, order: "roll-back", to, reason })}
        />
      ))}
      <ReasonDialog
        title="Cancel stage 40?"
        description="Every run of the stage ends, and the venture is mature again. What was gathered stays to be read."
        trigger={<Button>Cancel the stage…</Button>}
        confirmLabel="Cancel the stage"
        done="The stage is cancelled."
        sentence={refusalSentence}
        send={(reason) => send({ runId, version, order: "cancel", reason })}
      />
      {dialog}
    </div>
  );
}

type Send = (order: OrderStage) => ReturnType<typeof submitStageOrder>;

function Pause({ run: { id: runId, version }, send }: { run: Run; send: Send }) {
  return (
    <ReasonDialog
      title="Pause the stage?"
      description="Growth loop, preparation and sale stop at their next step. Nothing is lost; it can go on at any time."
      trigger={<Button>Pause…</Button>}
      confirmLabel="Pause"
      done="The stage is paused."
      sentence={refusalSentence}
      send={(reason) => send({ runId, version, order: "pause", reason })}
    />
  );
}

function Resume({ send }: { send: () => ReturnType<typeof submitStageOrder> }) {
  const [pending, start] = useTransition();
  const router = useRouter();
  const toast = useToast();
  const give = () =>
    start(async () => {
      const outcome = await send().catch(() => ({ ok: false as const, refusal: "UNAVAILABLE" }));
      toast({ text: outcome.ok ? "The stage goes on." : refusalSentence(outcome.refusal) });
      router.refresh();
    });
  return (
    <Button variant="primary" busy={pending} onClick={give}>
      Let it go on
    </Button>
  );
}
