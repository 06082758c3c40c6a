"use client";

import { useRouter } from "next/navigation";
import { type DragEvent, type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Field } from "@/components/ui/field";
import { Progress } from "@/components/ui/progress";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextInput } from "@/components/ui/text-input";
import type { SourceSummary } from "@/lib/imports/queries";
import { IMPORT_KINDS, type ImportKind, importKindSchema, MAX_FILE_BYTES } from "@/lib/imports/schema";
import { type Sent, sendFile } from "./send-file";
import { KIND_LABELS, refusalSentence } from "./sentences";

type UploadFormProps = {
  ventureId: string;
  /** "/ventures/meridian/data" */
  dataPath: string;
  sources: readonly Pick<SourceSummary, "name" | "holds">[];
};

/** The source that has brought this kind before; a new venture gets the usual name of such a system. */
const USUAL: Readonly<Record<ImportKind, string>> = {
  metrics: "Finance export",
  customers: "CRM export",
  subscriptions: "Billing export",
  invoices: "Billing export",
};
const sourceFor = (kind: ImportKind, sources: UploadFormProps["sources"]): string =>
  sources.find((source) => source.holds.includes(kind))?.name ?? USUAL[kind];

const HINTS: Readonly<Record<ImportKind, string>> = {
  metrics: "a row per value, or a column per month, or a column per metric",
  customers: "one row per customer",
  subscriptions: "one row per subscription, with price and interval",
  invoices: "one row per invoice or credit note",
};

export function UploadForm({ ventureId, dataPath, sources }: UploadFormProps) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<ImportKind>("metrics");
  const [source, setSource] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [over, setOver] = useState(false);
  const [sent, setSent] = useState<Sent | null>(null);
  const [error, setError] = useState<string | null>(null);

  function choose(chosen: File | null | undefined) {
    if (!chosen) return;
    setFile(chosen);
    setError(chosen.size > MAX_FILE_BYTES ? refusalSentence("FILE_TOO_LARGE") : null);
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    choose(event.dataTransfer.files[0]);
  }

  async function upload(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!file) {
      setError("Choose a file first.");
      input.current?.focus();
      return;
    }
    const form = new FormData(event.currentTarget);
    setError(null);
    setSent({ done: 0, total: file.size });
    const params = {
      venture: ventureId,
      kind: String(form.get("kind")),
      fileName: file.name,
      source: String(form.get("source")),
      asOf: String(form.get("asOf") ?? ""),
    };
    const result = await sendFile(file, params, setSent);
    setSent(null);
    if (result.ok) router.push(`${dataPath}/imports/${result.value.importId}`);
    else setError(refusalSentence(result.refusal));
  }

  return (
    <form onSubmit={upload} className="grid gap-5" aria-describedby={error ? "upload-error" : undefined}>
      <RadioGroup
        name="kind"
        legend="What the file holds"
        value={kind}
        onChange={(value) => setKind(importKindSchema.parse(value))}
        options={IMPORT_KINDS.map((kind) => ({ value: kind, label: KIND_LABELS[kind], hint: HINTS[kind] }))}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Source" hint="The system it comes from. Rows of two sources are never merged." required>
          {(control) => (
            <TextInput
              {...control}
              name="source"
              list="known-sources"
              value={source ?? sourceFor(kind, sources)}
              onChange={(event) => setSource(event.target.value)}
              maxLength={120}
            />
          )}
        </Field>
        <datalist id="known-sources">
          {sources.map(({ name }) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <Field label="As of" hint="The day the file speaks about; today when left empty." required={false}>
          {(control) => <TextInput {...control} name="asOf" type="date" />}
        </Field>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the file field inside does the same by keyboard */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={classNames(
          "grid justify-items-start gap-2 rounded-md border border-dashed p-5",
          over ? "border-accent bg-selected" : "border-edge",
        )}
      >
        <label htmlFor="import-file" className="text-sm font-medium">
          File (CSV or XLSX, up to 50 MB)
        </label>
        <input
          ref={input}
          id="import-file"
          type="file"
          accept=".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          className="max-w-full text-sm"
          onChange={(event) => choose(event.target.files?.[0])}
        />
        <p className="text-sm text-muted">{file ? `Chosen: ${file.name}` : "Or drop it here."}</p>
      </div>
      <p id="upload-error" role="alert" className="text-sm font-medium text-critical-text">
        {error}
      </p>
      {sent ? (
        <Progress
          label="Uploading"
          done={sent.done}
          total={sent.total}
          text={`${Math.round((100 * sent.done) / Math.max(1, sent.total))} %`}
        />
      ) : null}
      <div>
        <Button type="submit" variant="primary" busy={sent !== null}>
          Upload and check columns
        </Button>
      </div>
    </form>
  );
}
