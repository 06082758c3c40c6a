"use client";

import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { Level } from "@/components/ui/level";
import { verifyAudit } from "@/lib/audit/actions";
import { plural } from "@/lib/format";

type Answer = { whole: boolean | null; text: string };

/** Recomputes every hash of the log and says what it found. */
export function VerifyButton() {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [pending, start] = useTransition();
  const verify = () =>
    start(async () => {
      const result = await verifyAudit({});
      if (!result.ok) return setAnswer({ whole: null, text: errorSentence(result.refusal) });
      const { chains, events, firstBreak } = result.value;
      const read = `${plural(events, "event")} in ${plural(chains, "chain")}`;
      if (!firstBreak)
        return setAnswer({ whole: true, text: `${read} recomputed: nothing was changed, removed or moved.` });
      const { chain, seq, problem } = firstBreak;
      setAnswer({ whole: false, text: `The first broken event is number ${seq} of chain ${chain}: ${problem}.` });
    });
  return (
    <div className="flex flex-wrap items-center justify-end gap-3 max-sm:flex-row-reverse">
      <p role="status" className="text-sm">
        {pending ? "Recomputing every hash…" : null}
        {!pending && answer ? (
          <>
            <Level
              level={answer.whole === null ? "unknown" : answer.whole ? "healthy" : "critical"}
              word={answer.whole === null ? "not verified" : answer.whole ? "whole" : "broken"}
            />{" "}
            <span className="text-muted">{answer.text}</span>
          </>
        ) : null}
      </p>
      <Button busy={pending} onClick={verify}>
        Verify now
      </Button>
    </div>
  );
}
