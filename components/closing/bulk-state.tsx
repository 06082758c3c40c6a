"use client";

import { useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { setStates } from "@/lib/closing/actions";
import type { ClosingPage, ClosingView, ItemView } from "@/lib/closing/queries/closing";
import { ITEM_LABELS } from "@/lib/closing/rules/checklist";
import { SET_STATES } from "@/lib/closing/schema";
import { plural } from "@/lib/format";
import { ClosingProblem } from "./closing-problem";

type BulkStateProps = {
  closing: ClosingView;
  picked: readonly ItemView[];
  documents: ClosingPage["documents"];
  today: string;
  onDone: () => void;
};

/** The chosen items enter a state together, with what they rest on. */
export function BulkState({ closing, picked, documents, today, onDone }: BulkStateProps) {
  const [state, setState] = useState<(typeof SET_STATES)[number]>("done");
  const [evidence, setEvidence] = useState({ documentId: "", note: "", on: today });
  const { busy, refusal, problems, problemAt, run, dialog } = useChange();
  const settles = state === "done" || state === "not-applicable";
  const rests = settles && (evidence.documentId !== "" || evidence.note.trim() !== "");
  async function send() {
    const items = picked.map(({ id, version }) => ({ id, version }));
    const kept = rests ? { ...evidence, documentId: evidence.documentId || null } : null;
    const done = await run(
      () => setStates({ dealId: closing.dealId, items, state, evidence: kept }),
      `${plural(items.length, "item")}: ${ITEM_LABELS[state].toLowerCase()}.`,
    );
    if (done) onDone();
  }
  const set = (key: keyof typeof evidence) => (event: { target: { value: string } }) =>
    setEvidence({ ...evidence, [key]: event.target.value });
  return (
    <fieldset className="grid gap-3 border-l-3 border-edge bg-wash px-3 py-2">
      <legend className="sr-only">The chosen items</legend>
      <p className="font-medium">{plural(picked.length, "item")} chosen</p>
      <div className="flex flex-wrap items-end gap-3">
        <Field label="State">
          {(control) => (
            <Select
              {...control}
              options={SET_STATES.map((value) => ({ value, label: ITEM_LABELS[value] }))}
              value={state}
              onChange={(event) => setState(SET_STATES.find((one) => one === event.target.value) ?? "done")}
            />
          )}
        </Field>
        {settles ? (
          <>
            <Field label="Document">
              {(control) => (
                <Select
                  {...control}
                  className="max-w-60"
                  placeholder="None"
                  options={documents.map(({ id, title }) => ({ value: id, label: title }))}
                  value={evidence.documentId}
                  onChange={set("documentId")}
                />
              )}
            </Field>
            <Field label="Note" className="min-w-0 flex-1 basis-48">
              {(control) => <TextInput {...control} value={evidence.note} onChange={set("note")} />}
            </Field>
            <Field label="Of" error={problemAt("evidence.on")}>
              {(control) => <TextInput {...control} type="date" value={evidence.on} onChange={set("on")} />}
            </Field>
          </>
        ) : null}
        <Button variant="primary" busy={busy} onClick={send}>
          Set the state
        </Button>
        <Button variant="bare" onClick={onDone}>
          Choose none
        </Button>
      </div>
      <ClosingProblem code={refusal} problems={problems} />
      {dialog}
    </fieldset>
  );
}
