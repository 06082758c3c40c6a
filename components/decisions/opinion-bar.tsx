"use client";

import { useState } from "react";
import { useKeys } from "@/components/shell/use-keys";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { KeyHint } from "@/components/ui/key-hint";
import { RadioGroup } from "@/components/ui/radio-group";
import { Textarea } from "@/components/ui/textarea";
import { submitOpinion } from "@/lib/decisions/actions/inbox";
import type { MemoView } from "@/lib/decisions/queries/memo";
import { STANCES, type Stance } from "@/lib/decisions/schema/inbox";
import { formatDay } from "@/lib/format";
import { BAR_STYLE, showEvidence } from "./memo-bar";
import { refusalSentence } from "./verdict-words";

const OPENER = "give-opinion";
const CHOICES: Readonly<Record<Stance, string>> = {
  for: "I would approve it",
  against: "I would not approve it",
  undecided: "I am undecided",
};

type OpinionProps = { memo: MemoView; readingId: string };

/** What a colleague who was asked thinks of the memo, and why. */
export function OpinionDialog({ memo, readingId }: OpinionProps) {
  const [stance, setStance] = useState<Stance>("undecided");
  const [opinion, setOpinion] = useState("");
  return (
    <FormDialog
      title={`Your opinion: ${memo.title}`}
      description="It stands on the memo under your name. It decides nothing."
      trigger={
        <Button id={OPENER} variant="primary" className="max-md:flex-auto" aria-keyshortcuts="o">
          Give your opinion
          <span className="max-md:hidden">
            <KeyHint keys="o" />
          </span>
        </Button>
      }
      submit="Give it"
      done="Your opinion stands on the memo."
      send={() => submitOpinion({ readingId, version: memo.version, stance, opinion })}
      problem={(code, problems) => (
        <p role="alert" className="font-medium text-critical-text">
          {code ? refusalSentence(code, problems) : null}
        </p>
      )}
    >
      {() => (
        <>
          <RadioGroup
            name="stance"
            legend="What would you do?"
            value={stance}
            onChange={(value) => setStance(STANCES.find((one) => one === value) ?? "undecided")}
            options={STANCES.map((value) => ({ value, label: CHOICES[value] }))}
          />
          <Field label="Why" required>
            {(control) => (
              <Textarea
                {...control}
                rows={4}
                minLength={3}
                maxLength={2_000}
                value={opinion}
                onChange={(event) => setOpinion(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}

/** At the foot of a memo that the reader was asked to read and does not decide: the one thing that is theirs to do. */
export function OpinionBar({ memo, readingId, dueOn }: OpinionProps & { dueOn: string }) {
  useKeys({ e: showEvidence, o: () => document.getElementById(OPENER)?.click() });
  return (
    <section aria-label="Your opinion" data-print="none" className={BAR_STYLE}>
      <OpinionDialog memo={memo} readingId={readingId} />
      <span className="ml-auto text-sm text-muted max-md:hidden">
        asked for by {formatDay(dueOn)} · <KeyHint keys="e" /> evidence
      </span>
    </section>
  );
}
