"use client";

import { type ChangeEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { keepTemplate, previewTemplate } from "@/lib/documents/actions";
import type { TemplatePreview } from "@/lib/documents/queries/template-preview";
import { DOCUMENT_KINDS, KIND_NAMES, kindOfDocument } from "@/lib/documents/schema";
import { DocumentBody } from "./document-body";
import { DocumentProblem } from "./document-problem";

type Chosen = { fileName: string; content: string };

async function read(file: File): Promise<Chosen> {
  if (!/\.docx$/i.test(file.name)) return { fileName: file.name, content: await file.text() };
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return { fileName: file.name, content: btoa(binary) };
}

/** A template of the house's own: looked at first, kept when somebody says so. */
export function TemplateUpload() {
  const [kind, setKind] = useState("loi");
  const [seen, setSeen] = useState<(Chosen & { preview: TemplatePreview }) | null>(null);
  const { busy, refusal, problems, run, dialog } = useChange();
  async function take(event: ChangeEvent<HTMLInputElement>) {
    const [file] = event.target.files ?? [];
    setSeen(null);
    if (!file) return;
    if (file.size > 2_200_000) return void (await run(async () => ({ ok: false as const, refusal: "FILE_TOO_LARGE" })));
    const chosen = await read(file);
    const outcome = await run(() => previewTemplate({ kind: kindOfDocument(kind), ...chosen }));
    if (outcome) setSeen({ ...chosen, preview: outcome.value });
  }
  async function keep(note: string) {
    if (!seen) return;
    const { fileName, content, preview } = seen;
    const input = { kind: kindOfDocument(kind), fileName, content, newest: preview.newest, note };
    if (await run(() => keepTemplate(input), "The template is kept.")) setSeen(null);
  }
  return (
    <div className="grid gap-4 *:min-w-0">
      <div className="flex flex-wrap items-end gap-3">
        <Field label="For">
          {(control) => (
            <Select
              {...control}
              options={DOCUMENT_KINDS.map((value) => ({ value, label: KIND_NAMES[value] }))}
              value={kind}
              onChange={(event) => {
                setKind(event.target.value);
                setSeen(null);
              }}
            />
          )}
        </Field>
        <Field label="Word file or text">
          {(control) => (
            <input
              {...control}
              type="file"
              accept=".docx,.txt,.md"
              disabled={busy}
              onChange={take}
              className="max-w-full text-sm"
            />
          )}
        </Field>
      </div>
      <DocumentProblem code={refusal} problems={problems} />
      {seen ? (
        <>
          <Found preview={seen.preview} />
          <Keep preview={seen.preview} busy={busy} onKeep={keep} />
        </>
      ) : null}
      {dialog}
    </div>
  );
}

type KeepProps = { preview: TemplatePreview; busy: boolean; onKeep: (note: string) => void };

function Keep({ preview, busy, onKeep }: KeepProps) {
  const [note, setNote] = useState("");
  return (
    <>
      <Field label="What changed" required={false}>
        {(control) => (
          <TextInput {...control} maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} />
        )}
      </Field>
      <div>
        <Button variant="primary" busy={busy} disabled={preview.problems.length > 0} onClick={() => onKeep(note)}>
          Keep as version {preview.newest + 1}
        </Button>
      </div>
    </>
  );
}

function Found({ preview: { problems, fields, model } }: { preview: TemplatePreview }) {
  return (
    <>
      {problems.length > 0 ? (
        <Notice level="warning" word="not usable yet">
          <ul className="grid gap-1">
            {problems.map(({ line, problem, expected }) => (
              <li key={`${line}${problem}`}>
                Line {line}: {problem} {expected}
              </li>
            ))}
          </ul>
        </Notice>
      ) : (
        <p role="status">
          It asks for:{" "}
          {fields.length > 0 ? fields.map(({ label }) => label).join(", ") : "nothing, its words are fixed"}.
        </p>
      )}
      <section aria-label="Preview with nothing known" className="border border-line p-4">
        <DocumentBody model={model} figures={{}} />
      </section>
    </>
  );
}
