"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { useToast } from "@/components/ui/toast";
import { acknowledge, unacknowledge } from "@/lib/stage/actions";

const REFUSALS = {
  ACKNOWLEDGED_ALREADY: "Someone else has taken note of it.",
  RAISED_AGAIN: "It was raised again meanwhile. Look at it as it is now.",
  NOT_ACKNOWLEDGED: "Nobody had taken note of it.",
  OVER: "Its cause is over.",
};

type AlertNoteProps = { alertId: string; raisedAt: string; title: string; noted: boolean };

/** Says that one has seen an alert, and takes that back. The alert stands as long as its cause. */
export function AlertNote({ alertId, raisedAt, title, noted }: AlertNoteProps) {
  const router = useRouter();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  async function send(note: boolean) {
    setBusy(true);
    const call = note ? acknowledge : unacknowledge;
    const answer = await call({ alertId, raisedAt }).catch(() => ({ ok: false as const, refusal: "UNAVAILABLE" }));
    setBusy(false);
    const undo = { label: "Undo", run: () => send(!note) };
    if (!answer.ok) toast({ text: errorSentence(answer.refusal, REFUSALS) });
    else toast({ text: note ? "Noted in your name." : "The note is taken back.", ...(note ? { action: undo } : {}) });
    router.refresh();
  }
  return (
    <Button
      busy={busy}
      aria-label={`${noted ? "Take back the note on" : "Acknowledge"}: ${title}`}
      onClick={() => send(!noted)}
    >
      {noted ? "Take back" : "Acknowledge"}
    </Button>
  );
}
