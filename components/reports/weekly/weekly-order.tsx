"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { correctWeekly, previewWeekly } from "@/lib/reports/actions/weekly";

const LOOK_MS = 1_500;
const MOST_LOOKS = 60;

/** Looks again until what was ordered is on the page: the page names it by `shown`. True once it has looked long enough. */
function useArrival(waiting: boolean): boolean {
  const router = useRouter();
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    setLate(false);
    let looks = 0;
    const timer = setInterval(() => {
      looks += 1;
      if (looks <= MOST_LOOKS) return router.refresh();
      clearInterval(timer);
      setLate(true);
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [waiting, router]);
  return waiting && late;
}

const LATE = "It is not there yet. It may still come; reload the page in a while, or order it again.";

type PreviewProps = { scope: string /** The preview that is shown now. */; shown: string | null };

/** Writes the week that goes on as it stands now, and opens it when it is there. */
export function PreviewButton({ scope, shown }: PreviewProps) {
  const [before, setBefore] = useState<string | null | undefined>(undefined);
  const [sending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const waiting = before !== undefined && before === shown;
  const late = useArrival(waiting);
  async function run() {
    setRefusal(null);
    setBefore(undefined);
    setSending(true);
    const outcome = await previewWeekly({ scope }).catch(() => null);
    setSending(false);
    if (outcome?.ok) setBefore(shown);
    else setRefusal(outcome ? outcome.refusal : "UNAVAILABLE");
  }
  return (
    <span data-print="none" className="inline-flex flex-wrap items-center gap-3">
      <Button busy={sending || (waiting && !late)} onClick={run}>
        Write this week's now
      </Button>
      <span role="status" className="text-sm text-muted">
        {refusal ? errorSentence(refusal) : late ? LATE : waiting ? "The preview is being written." : null}
      </span>
    </span>
  );
}

type CorrectProps = { reportId: string; revision: number; title: string; trigger: ReactNode };

const REFUSALS: Readonly<Record<string, string>> = {
  CHANGED_SINCE: "There is a newer revision than the one that you read. Nothing was written; reload the page.",
};

/** The same week once more; the revision before stays readable beside it. */
export function CorrectButton({ reportId, revision, title, trigger }: CorrectProps) {
  const [ordered, setOrdered] = useState<number | null>(null);
  const waiting = ordered !== null && revision < ordered;
  const late = useArrival(waiting);
  return (
    <span data-print="none" className="inline-flex flex-wrap items-center gap-3">
      <ReasonDialog
        title={`Correct “${title}”?`}
        description="The week is written again from what is stored now, as the next revision with your reason. What was written stays, with its files."
        trigger={trigger}
        confirmLabel="Write the correction"
        done="The correction is being written."
        sentence={(refusal) => REFUSALS[refusal] ?? errorSentence(refusal)}
        send={async (reason) => {
          const outcome = await correctWeekly({ reportId, revision, reason });
          if (outcome.ok) setOrdered(outcome.value.revision);
          return outcome;
        }}
      />
      <span role="status" className="text-sm text-muted">
        {late ? LATE : waiting ? "The correction is being written." : null}
      </span>
    </span>
  );
}
