"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import type { submitVerdict } from "@/lib/decisions/actions";
import type { MemoView } from "@/lib/decisions/queries/memo";
import { formatDay } from "@/lib/format";
import {
  type ConditionDraft,
  ConditionFields,
  type ConditionMetric,
  conditionOf,
  emptyCondition,
} from "./condition-fields";
import { MemoText } from "./memo-text";

type Input = Parameters<typeof submitVerdict>[0];
export type Choice = Input["verdict"];

const VERBS: Readonly<Record<Choice, string>> = {
  approved: "Approve",
  conditional: "Approve with conditions",
  rejected: "Reject",
  question: "Ask",
  deferred: "Defer",
};

type VerdictFormProps = {
  memo: MemoView;
  choice: Choice;
  metrics: readonly ConditionMetric[];
  busy: boolean;
  error: string | null;
  onSend: (input: Input) => Promise<void>;
};

/** One form per verdict: what it needs and nothing else. Sends the version that is on the screen. */
export function VerdictForm({ memo, choice, metrics, busy, error, onSend }: VerdictFormProps) {
  const [note, setNote] = useState("");
  const [until, setUntil] = useState("");
  const [optionId, setOptionId] = useState(memo.first?.optionId ?? memo.content.recommendedOption);
  const [conditions, setConditions] = useState<readonly ConditionDraft[]>([emptyCondition(0)]);
  const approves = choice === "approved" || choice === "conditional";

  function input(): Input {
    const read = { memoId: memo.id, version: memo.version };
    const plain = conditions.map((draft) => conditionOf(draft, metrics));
    if (choice === "question") return { verdict: choice, ...read, question: note };
    if (choice === "deferred") return { verdict: choice, ...read, note, until };
    if (choice === "conditional") return { verdict: choice, ...read, note, optionId, conditions: plain };
    if (choice === "approved") return { verdict: choice, ...read, note, optionId };
    return { verdict: choice, ...read, note };
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void onSend(input());
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      {approves ? <WhatHappens memo={memo} optionId={optionId} onOption={setOptionId} /> : null}
      {choice === "conditional" ? (
        <ConditionFields conditions={conditions} metrics={metrics} onChange={setConditions} />
      ) : null}
      {choice === "deferred" ? (
        <Field label="Back in the inbox on" hint={`Not after it expires, ${formatDay(memo.expiresAt)}.`} required>
          {(control) => (
            <TextInput
              {...control}
              autoFocus
              type="date"
              max={memo.expiresAt.slice(0, 10)}
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      <Field label={choice === "question" ? "Your question" : "Note"} required={choice === "question"}>
        {(control) => (
          <Textarea
            {...control}
            rows={choice === "question" ? 4 : 2}
            autoFocus={choice === "question" || choice === "rejected"}
            value={note}
            onChange={(e) => setNote(e.target.value)}
          />
        )}
      </Field>
      <p role="alert" className="font-medium text-critical-text">
        {error}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button
          type="submit"
          variant={choice === "rejected" ? "danger" : "primary"}
          busy={busy}
          autoFocus={choice === "approved"}
        >
          {VERBS[choice]}
        </Button>
      </div>
    </form>
  );
}

type WhatHappensProps = { memo: MemoView; optionId: string; onOption: (id: string) => void };

/** The options that do something, and what exactly happens. */
function WhatHappens({ memo, optionId, onOption }: WhatHappensProps) {
  const { first } = memo;
  const doing = memo.content.options.filter(({ id, action }) => action !== null && (!first || id === first.optionId));
  return (
    <div className="grid gap-2">
      {doing.length > 1 ? (
        <RadioGroup
          name="option"
          legend="Which option"
          value={optionId}
          onChange={onOption}
          options={doing.map((option) => ({ value: option.id, label: option.title }))}
        />
      ) : null}
      <ul className="grid list-disc gap-1 pl-4 prose-width text-muted">
        {memo.content.onApproval.map((line) => (
          <li key={line}>
            <MemoText text={line} figures={memo.figures} />
          </li>
        ))}
      </ul>
      {memo.second ? (
        <p className="prose-width font-medium">
          {first
            ? `${first.by} approved it${first.conditional ? " with the conditions in the history" : ""}. With your approval it is carried out${first.conditional ? " once they hold" : ""}.`
            : "Nothing happens before a second person has approved it too. Until then you can take it back."}
        </p>
      ) : null}
      <p className="prose-width">
        {memo.reversible ? "You can take it back for a minute, and stop it later." : "This cannot be undone."}
        {memo.discloses ? " What has been seen by then stays seen, so you are asked to show that it is you." : null}
      </p>
    </div>
  );
}
