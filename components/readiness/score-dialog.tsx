"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { errorSentence } from "@/components/ui/error-sentence";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { Textarea } from "@/components/ui/textarea";
import { scoreCriterion } from "@/lib/readiness/actions";
import type { Criterion } from "@/lib/readiness/rules/criteria";
import type { Evidence } from "@/lib/readiness/schema/assessment";
import { EvidenceFields } from "./evidence-fields";
import { READINESS_SENTENCES } from "./readiness-words";

type Given = { id: string; score: number | null; rationale: string; evidence: readonly Evidence[] };
type ScoreDialogProps = {
  ventureId: string;
  today: string;
  criterion: Criterion;
  given: Given | null;
  documents: readonly { id: string; title: string }[];
  figures: readonly { id: string; label: string; day: string }[];
};

/** A person's score: one of five levels, why, and what it rests on. */
export function ScoreDialog({ ventureId, today, criterion, given, documents, figures }: ScoreDialogProps) {
  const [open, setOpen] = useState(false);
  const [score, setScore] = useState(given?.score?.toString() ?? "");
  const [rationale, setRationale] = useState(given?.rationale ?? "");
  const [evidence, setEvidence] = useState<readonly Evidence[]>(given?.evidence ?? []);
  const { busy, refusal, problemAt, run, dialog } = useChange();
  async function send(value: number | null, done: string) {
    const input = { ventureId, criterion: criterion.id, score: value, rationale, replaces: given?.id ?? null };
    if (await run(() => scoreCriterion({ ...input, evidence: [...evidence] }), done)) setOpen(false);
  }
  async function submit(event: FormEvent) {
    event.preventDefault();
    await send(Number(score), "The score is kept.");
  }
  const [zero, two, four] = criterion.levels;
  const options = [
    { value: "0", label: `0: ${zero}` },
    { value: "1", label: "1: between" },
    { value: "2", label: `2: ${two}` },
    { value: "3", label: "3: between" },
    { value: "4", label: `4: ${four}` },
  ];
  return (
    <>
      <Dialog
        title={criterion.label}
        description={criterion.question}
        open={open}
        onOpenChange={setOpen}
        trigger={<Button variant="bare">{given ? "Change the score" : "Answer"}</Button>}
      >
        <form onSubmit={submit} className="grid gap-4">
          {refusal ? (
            <Notice level="critical" word="not kept">
              {errorSentence(refusal, READINESS_SENTENCES)}
            </Notice>
          ) : null}
          <RadioGroup
            name={`score-${criterion.id}`}
            legend="Score"
            options={options}
            value={score}
            onChange={setScore}
          />
          {criterion.redFlag ? (
            <p className="text-sm text-muted">A 0 here is a red flag: not ready, whatever the total.</p>
          ) : null}
          <Field label="Why" required error={problemAt("rationale")}>
            {(control) => (
              <Textarea
                {...control}
                rows={3}
                value={rationale}
                onChange={(event) => setRationale(event.target.value)}
              />
            )}
          </Field>
          <EvidenceFields
            evidence={evidence}
            onChange={setEvidence}
            today={today}
            documents={documents}
            figures={figures}
          />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" busy={busy} disabled={score === ""}>
              Keep the score
            </Button>
            {given ? (
              <Button variant="danger" busy={busy} onClick={() => send(null, "The score is withdrawn.")}>
                Withdraw it
              </Button>
            ) : null}
          </div>
        </form>
      </Dialog>
      {dialog}
    </>
  );
}
