"use client";

import { useState } from "react";
import { useStepUp } from "@/components/auth/step-up";
import { useKeys } from "@/components/shell/use-keys";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { KeyHint } from "@/components/ui/key-hint";
import type { MemoView } from "@/lib/decisions/queries/memo";
import type { ConditionMetric } from "./condition-fields";
import { useVerdict } from "./use-verdict";
import { type Choice, VerdictForm } from "./verdict-form";
import { reversalWords } from "./verdict-words";

const CHOICES: readonly { choice: Choice; key: string; label: string; title: string }[] = [
  { choice: "approved", key: "a", label: "Approve", title: "Approve" },
  { choice: "conditional", key: "c", label: "Conditions", title: "Approve with conditions" },
  { choice: "rejected", key: "r", label: "Reject", title: "Reject" },
  { choice: "question", key: "q", label: "Ask", title: "Ask a question" },
  { choice: "deferred", key: "d", label: "Defer", title: "Defer" },
];

function showEvidence() {
  const evidence = document.getElementById("evidence");
  evidence?.scrollIntoView({ block: "start" });
  evidence?.focus({ preventScroll: true });
}

/** At the foot of the memo, on a phone at the thumb: everything that can be said, each with its key. */
export function VerdictBar({ memo, metrics }: { memo: MemoView; metrics: readonly ConditionMetric[] }) {
  const [choice, setChoice] = useState<Choice | null>(null);
  const { guarded, dialog } = useStepUp();
  const verdict = useVerdict(guarded);
  const decidable = memo.may.decide;
  const open = (next: Choice) => {
    verdict.clear();
    setChoice(next);
  };
  // What one has approved the second person approves as it stands.
  const choices = memo.first ? CHOICES.filter((each) => each.choice !== "conditional") : CHOICES;
  const keys = decidable ? choices.map(({ key, choice: each }) => [key, () => open(each)] as const) : [];
  useKeys({ e: showEvidence, ...Object.fromEntries(keys) });
  if (!decidable) return null;
  const current = CHOICES.find((each) => each.choice === choice);
  return (
    <>
      <section
        aria-label="Your verdict"
        data-print="none"
        className="sticky bottom-0 z-20 flex flex-wrap items-center gap-2 border-t border-edge bg-paper py-2 max-md:fixed max-md:flex-nowrap max-md:gap-1 max-md:inset-x-0 max-md:bottom-[calc(3.5rem+env(safe-area-inset-bottom))] max-md:px-2"
      >
        {choices.map((each) => (
          <Button
            key={each.choice}
            variant={each.choice === "approved" ? "primary" : "plain"}
            className="max-md:flex-auto max-md:px-1"
            aria-keyshortcuts={each.key}
            onClick={() => open(each.choice)}
          >
            {each.label}
            <span className="max-md:hidden">
              <KeyHint keys={each.key} />
            </span>
          </Button>
        ))}
        <span className="ml-auto text-sm text-muted max-md:hidden">
          <KeyHint keys="e" /> evidence · {reversalWords(memo)}
          {memo.reversible && !memo.discloses ? null : ", asks who you are"}
        </span>
      </section>
      <Dialog
        title={current ? `${current.title}: ${memo.title}` : ""}
        open={current !== undefined}
        onOpenChange={(next) => {
          if (!next) setChoice(null);
        }}
      >
        {choice ? (
          <VerdictForm
            memo={memo}
            choice={choice}
            metrics={metrics}
            busy={verdict.busy}
            error={verdict.error}
            onSend={async (input) => {
              if (await verdict.send(input)) setChoice(null);
            }}
          />
        ) : null}
      </Dialog>
      {dialog}
    </>
  );
}
