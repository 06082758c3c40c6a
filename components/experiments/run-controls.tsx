"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { useToast } from "@/components/ui/toast";
import { startExperiment, stopExperiment } from "@/lib/experiments/actions";
import { refusalText } from "./words";

type Props = { experimentId: string; version: number; status: string };

/** Start of a draft; end of a draft or a running test without a decision. */
export function RunControls({ experimentId, version, status }: Props) {
  const router = useRouter();
  const toast = useToast();
  async function start() {
    const outcome = await startExperiment({ experimentId, version });
    toast({ text: outcome.ok ? "The experiment runs. Its design is frozen." : refusalText(outcome.refusal) });
    router.refresh();
  }
  return (
    <>
      {status === "draft" ? (
        <ConfirmDialog
          title="Start this experiment?"
          description="From now on arms, metrics, sizes and the ship rule cannot be changed: it is decided by what is written before anything is seen."
          confirmLabel="Start"
          trigger={<Button variant="primary">Start</Button>}
          onConfirm={start}
        />
      ) : null}
      {status === "draft" || status === "running" ? <StopButton experimentId={experimentId} version={version} /> : null}
    </>
  );
}

function StopButton({ experimentId, version }: Omit<Props, "status">) {
  return (
    <ReasonDialog
      title="Stop without a decision?"
      description="What was counted stays; nothing is decided."
      trigger={<Button>Stop</Button>}
      confirmLabel="Stop the experiment"
      done="The experiment is stopped."
      sentence={refusalText}
      send={(reason) => stopExperiment({ experimentId, version, reason })}
    />
  );
}
