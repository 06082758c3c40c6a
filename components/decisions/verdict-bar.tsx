"use client";

import { useState } from "react";
import { useStepUp } from "@/components/auth/step-up";
import { useKeys } from "@/components/shell/use-keys";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { KeyHint } from "@/components/ui/key-hint";
import type { MemoView } from "@/lib/decisions/queries/memo";
import type { ConditionMetric } from "./condition-fields";
import { BAR_STYLE, showEvidence } from "./memo-bar";
import { type Reader, ReadingForm } from "./reading-form";
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

const READING = { title: "Have it read" };

type VerdictBarProps = {
  memo: MemoView;
  metrics: readonly ConditionMetric[];
  /** Colleagues who can be asked to read it. */
  readers: readonly Reader[];
};

/** At the foot of the memo, on a phone at the thumb: everything that can be said, each with its key. */
export function VerdictBar({ memo, metrics, readers }: VerdictBarProps) {
  const [choice, setChoice] = useState<Choice | "reading" | null>(null);
  const { guarded, dialog } = useStepUp();
  const verdict = useVerdict(guarded);
  const decidable = memo.may.decide;
  const open = (next: Choice | "reading") => {
    verdict.clear();
    setChoice(next);
  };
  // What one has approved the second person approves as it stands.
  const choices = memo.first ? CHOICES.filter((each) => each.choice !== "conditional") : CHOICES;
  const keys = decidable ? choices.map(({ key, choice: each }) => [key, () => open(each)] as const) : [];
  const asks = readers.length > 0;
  useKeys({
    ...{ e: showEvidence, ...Object.fromEntries(keys) },
    ...(decidable && asks ? { o: () => open("reading") } : {}),
  });
  if (!decidable) return null;
  const current = choice === "reading" ? READING : CHOICES.find((each) => each.choice === choice);
  return (
    <>
      <Choices memo={memo} choices={choices} asks={asks} onOpen={open} />
      <Dialog
        title={current ? `${current.title}: ${memo.title}` : ""}
        open={current !== undefined}
        onOpenChange={(next) => {
          if (!next) setChoice(null);
        }}
      >
        {choice === "question" && asks ? (
          <p className="mb-3">
            <Button onClick={() => open("reading")}>Have a colleague read it instead</Button>
          </p>
        ) : null}
        {choice === "reading" ? (
          <ReadingForm memo={memo} readers={readers} onDone={() => setChoice(null)} />
        ) : choice ? (
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

type ChoicesProps = {
  memo: MemoView;
  choices: typeof CHOICES;
  asks: boolean;
  onOpen: (choice: Choice | "reading") => void;
};

function Choices({ memo, choices, asks, onOpen }: ChoicesProps) {
  return (
    <section aria-label="Your verdict" data-print="none" className={BAR_STYLE}>
      {choices.map((each) => (
        <Button
          key={each.choice}
          variant={each.choice === "approved" ? "primary" : "plain"}
          className="max-md:flex-auto max-md:px-1"
          aria-keyshortcuts={each.key}
          onClick={() => onOpen(each.choice)}
        >
          {each.label}
          <span className="max-md:hidden">
            <KeyHint keys={each.key} />
          </span>
        </Button>
      ))}
      {asks ? (
        <Button className="max-md:hidden" aria-keyshortcuts="o" onClick={() => onOpen("reading")}>
          Colleague <KeyHint keys="o" />
        </Button>
      ) : null}
      <span className="ml-auto text-sm text-muted max-md:hidden">
        <KeyHint keys="e" /> evidence · {reversalWords(memo)}
        {memo.reversible && !memo.discloses ? null : ", asks who you are"}
      </span>
    </section>
  );
}
