"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { ActionProblem } from "@/components/ui/action-problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { formatDay } from "@/lib/format";
import { state, takeBackSignal } from "@/lib/governance/actions";
import type { SignalView } from "@/lib/governance/queries";
import { SIGNAL_KINDS, type SignalKind } from "@/lib/governance/schema";
import { GOVERNANCE_REFUSALS, SIGNAL_WORDS } from "./governance-words";

const KINDS = SIGNAL_KINDS.map((value) => ({ value, label: SIGNAL_WORDS[value] }));

type SignalFormProps = { ventureId: string; sector: string; today: string; mayShare: boolean };

/** What no series carries: an inquiry that came in, a regulation, a consolidation; with its source. */
export function SignalForm({ ventureId, sector, today, mayShare }: SignalFormProps) {
  const blank = { kind: "inquiry" as SignalKind, title: "", source: "", dated: today, reach: "venture" };
  const [values, setValues] = useState(blank);
  const { busy, refusal, problemAt, run, dialog } = useChange();
  const set = (part: Partial<typeof blank>) => setValues({ ...values, ...part });
  const shared = values.kind !== "inquiry" && values.reach !== "venture";
  async function submit(event: FormEvent) {
    event.preventDefault();
    const { kind, title, source, dated, reach } = values;
    const about = { ventureId: shared ? null : ventureId, sector: shared && reach === "sector" ? sector : null };
    const done = await run(
      () => state({ ...about, kind, title, source, dated }),
      "It is kept, and the triggers were looked at.",
    );
    if (done) setValues(blank);
  }
  return (
    <form onSubmit={submit} aria-label="State a signal" className="grid grid-cols-1 gap-3">
      <ActionProblem code={refusal} sentences={GOVERNANCE_REFUSALS} word="not kept" />
      <div className="flex flex-wrap items-end gap-3">
        <Field label="What happened">
          {(control) => (
            <Select
              {...control}
              options={KINDS}
              value={values.kind}
              onChange={(event) => set({ kind: event.target.value as SignalKind })}
            />
          )}
        </Field>
        {values.kind === "inquiry" ? null : (
          <Field label="It concerns">
            {(control) => (
              <Select
                {...control}
                options={[
                  { value: "venture", label: "this venture" },
                  ...(mayShare
                    ? [
                        { value: "sector", label: `every venture in ${sector}` },
                        { value: "market", label: "every venture" },
                      ]
                    : []),
                ]}
                value={values.reach}
                onChange={(event) => set({ reach: event.target.value })}
              />
            )}
          </Field>
        )}
        <Field label="On" required error={problemAt("dated")}>
          {(control) => (
            <TextInput
              {...control}
              type="date"
              max={today}
              value={values.dated}
              onChange={(event) => set({ dated: event.target.value })}
            />
          )}
        </Field>
        <Field label="In a few words" required error={problemAt("title")} className="min-w-0 flex-1 basis-60">
          {(control) => (
            <TextInput
              {...control}
              maxLength={200}
              value={values.title}
              onChange={(event) => set({ title: event.target.value })}
            />
          )}
        </Field>
        <Field label="Who says so" required error={problemAt("source")} className="min-w-0 flex-1 basis-48">
          {(control) => (
            <TextInput
              {...control}
              maxLength={200}
              value={values.source}
              onChange={(event) => set({ source: event.target.value })}
            />
          )}
        </Field>
        <Button type="submit" busy={busy}>
          Keep it
        </Button>
      </div>
      {dialog}
    </form>
  );
}

/** What was stated, newest first. */
export function SignalList({ signals, mayChange }: { signals: readonly SignalView[]; mayChange: boolean }) {
  const { busy, refusal, run, dialog } = useChange();
  if (signals.length === 0) return <p className="py-2 text-muted">Nobody has stated anything yet.</p>;
  return (
    <>
      <ActionProblem code={refusal} sentences={GOVERNANCE_REFUSALS} />
      <ul>
        {signals.map(({ id, kind, title, source, dated, statedBy, withdrawn, shared, sector }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line py-2">
            <p className="min-w-0 flex-1 basis-60">
              <span className={withdrawn ? "line-through" : undefined}>
                {SIGNAL_WORDS[kind]}: {title}
              </span>
              <span className="block text-sm text-muted">
                {formatDay(dated)}, {source}; stated by {statedBy}
                {shared ? `; of ${sector ? `every venture in ${sector}` : "the whole market"}` : ""}
                {withdrawn ? "; taken back" : ""}
              </span>
            </p>
            {mayChange && !withdrawn ? (
              <Button
                variant="bare"
                busy={busy}
                aria-label={`Take back: ${title}`}
                onClick={() => run(() => takeBackSignal({ signalId: id }), "It is taken back; its cause is over.")}
              >
                Take back
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {dialog}
    </>
  );
}
