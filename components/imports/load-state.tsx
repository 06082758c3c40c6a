"use client";

import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { formatDay } from "@/lib/format";

type LoadStateProps = {
  undone: { by: string | null; on: string } | null;
  mayUndo: boolean;
  /** What goes, and what stands again. */
  consequence: string;
  onUndo: () => Promise<unknown>;
};

/** A file that was loaded: held, to be taken back as a whole, or taken back by somebody on a day. */
export function LoadState({ undone, mayUndo, consequence, onUndo }: LoadStateProps) {
  if (undone)
    return (
      <span className="text-muted">
        taken back on {formatDay(undone.on)}
        {undone.by ? ` by ${undone.by}` : ""}
      </span>
    );
  if (!mayUndo) return "held";
  return (
    <ConfirmDialog
      title="Take this file back?"
      description={`${consequence} Figures that rest on them become stale. The file can be loaded again.`}
      confirmLabel="Take it back"
      danger
      trigger={<Button variant="bare">Take back</Button>}
      onConfirm={async () => {
        await onUndo();
      }}
    />
  );
}
