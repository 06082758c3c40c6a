"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { formatDay } from "@/lib/format";
import type { Evidence } from "@/lib/readiness/schema/assessment";

type EvidenceFieldsProps = {
  evidence: readonly Evidence[];
  onChange: (evidence: readonly Evidence[]) => void;
  today: string;
  documents: readonly { id: string; title: string }[];
  figures: readonly { id: string; label: string; day: string }[];
};

const NOTE = "";
const FIGURE = "figure:";

/** What the score rests on: documents of the data room, stored figures, or what was seen and when. */
export function EvidenceFields({ evidence, onChange, today, documents, figures }: EvidenceFieldsProps) {
  const [ref, setRef] = useState(NOTE);
  const [label, setLabel] = useState("");
  const [date, setDate] = useState(today);
  const chosen = documents.find(({ id }) => id === ref);
  const figure = figures.find(({ id }) => `${FIGURE}${id}` === ref);
  const text = chosen?.title ?? figure?.label ?? label.trim();
  function add() {
    const note: Evidence = { kind: "note", ref: "", label: text, date };
    const named: Evidence | null = chosen
      ? { kind: "document", ref: chosen.id, label: text, date }
      : figure
        ? { kind: "figure", ref: figure.id, label: text, date: figure.day < today ? figure.day : today }
        : null;
    onChange([...evidence, named ?? note]);
    setLabel("");
    setRef(NOTE);
  }
  const choices = [
    ...documents.map(({ id, title }) => ({ value: id, label: `Document: ${title}` })),
    ...figures.map(({ id, label: name }) => ({ value: `${FIGURE}${id}`, label: `Figure: ${name}` })),
  ];
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">Evidence</legend>
      <ul>
        {evidence.map((piece, index) => (
          <li
            key={`${piece.kind}-${piece.ref}-${piece.label}-${piece.date}`}
            className="flex items-baseline justify-between gap-3 border-b border-line"
          >
            <span>{`${piece.label}, ${formatDay(piece.date)}`}</span>
            <Button variant="bare" onClick={() => onChange(evidence.filter((_one, other) => other !== index))}>
              Remove<span className="sr-only">{` ${piece.label}`}</span>
            </Button>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-end gap-3">
        {choices.length > 0 ? (
          <Field label="Document or figure">
            {(control) => (
              <Select
                {...control}
                placeholder="None: what was seen"
                options={choices}
                className="w-full"
                value={ref}
                onChange={(event) => setRef(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        {chosen || figure ? null : (
          <Field label="What was seen" className="min-w-0 flex-1 basis-48">
            {(control) => <TextInput {...control} value={label} onChange={(event) => setLabel(event.target.value)} />}
          </Field>
        )}
        {figure ? null : (
          <Field label="Dated">
            {(control) => (
              <TextInput
                {...control}
                type="date"
                max={today}
                value={date}
                onChange={(event) => setDate(event.target.value)}
              />
            )}
          </Field>
        )}
        <Button onClick={add} disabled={text.length < 3 || date === "" || date > today}>
          Add evidence
        </Button>
      </div>
    </fieldset>
  );
}
