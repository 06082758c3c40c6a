"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { RadioGroup } from "@/components/ui/radio-group";
import { type ImportKind, importKindSchema, MAX_FILE_BYTES, VENTURE_KINDS } from "@/lib/imports/schema";
import { FileDrop } from "./file-drop";
import { type Sent, sendFile } from "./send-file";
import { KIND_LABELS, refusalSentence } from "./sentences";
import { type KnownSource, SourceFields } from "./source-fields";

type UploadFormProps = {
  ventureId: string;
  /** "/ventures/meridian/data" */
  dataPath: string;
  sources: readonly KnownSource[];
  /** Of one kind alone nothing is asked. */
  kinds?: readonly [ImportKind, ...ImportKind[]];
};

const HINTS: Readonly<Record<ImportKind, string>> = {
  metrics: "a row per value, or a column per month, or a column per metric",
  customers: "one row per customer",
  subscriptions: "one row per subscription, with price and interval",
  invoices: "one row per invoice or credit note",
  rates: "one row per day and pair",
  buyers: "one row per candidate, with its means and what is claimed of it",
  comparables: "one row per multiple, with its day and source",
  offers: "one row per offer, with every term that it states",
  checklist: "one row per item, with its group and who is responsible",
};

const problemOf = (file: File | null): string | null =>
  file === null ? "Choose a file first." : file.size > MAX_FILE_BYTES ? refusalSentence("FILE_TOO_LARGE") : null;

export function UploadForm({ ventureId, dataPath, sources, kinds = VENTURE_KINDS }: UploadFormProps) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<ImportKind>(kinds[0]);
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState<Sent | null>(null);
  const [error, setError] = useState<string | null>(null);

  async function upload(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const problem = problemOf(file);
    setError(problem);
    if (!file || problem) {
      input.current?.focus();
      return;
    }
    setSent({ done: 0, total: file.size });
    const [source, asOf] = [String(form.get("source")), String(form.get("asOf") ?? "")];
    const result = await sendFile(file, { venture: ventureId, kind, fileName: file.name, source, asOf }, setSent);
    setSent(null);
    if (result.ok) router.push(`${dataPath}/imports/${result.value.importId}`);
    else setError(refusalSentence(result.refusal));
  }

  return (
    <form onSubmit={upload} className="grid gap-5" aria-describedby={error ? "upload-error" : undefined}>
      {kinds.length > 1 ? (
        <RadioGroup
          name="kind"
          legend="What the file holds"
          value={kind}
          onChange={(value) => setKind(importKindSchema.parse(value))}
          options={kinds.map((one) => ({ value: one, label: KIND_LABELS[one], hint: HINTS[one] }))}
        />
      ) : null}
      <SourceFields kind={kind} sources={sources} />
      <FileDrop ref={input} chosen={file?.name ?? null} onChoose={setFile} />
      <p id="upload-error" role="alert" className="text-sm font-medium text-critical-text">
        {error}
      </p>
      {sent ? <Progress label="Uploading" done={sent.done} total={sent.total} text={percent(sent)} /> : null}
      <div>
        <Button type="submit" variant="primary" busy={sent !== null}>
          Upload and check columns
        </Button>
      </div>
    </form>
  );
}

const percent = ({ done, total }: Sent): string => `${Math.round((100 * done) / Math.max(1, total))} %`;
