"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { submitOcfApply, submitOcfPreview } from "@/lib/cap-table/actions";
import type { OcfPreview } from "@/lib/cap-table/schema";
import { plural } from "@/lib/format";
import { ProblemList } from "./problem-list";
import { capTableSentence } from "./sentences";

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(binary);
}

/** Chooses the files of a package, shows what they hold, and makes them the cap table. */
export function PackageUpload({ ventureId }: { ventureId: string }) {
  const router = useRouter();
  const [preview, setPreview] = useState<OcfPreview | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function upload(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).getAll("files").filter((each) => each instanceof File);
    setBusy(true);
    const files = await Promise.all(chosen.map(async (file) => ({ name: file.name, base64: await base64Of(file) })));
    const result = await submitOcfPreview({ ventureId, files });
    setBusy(false);
    setPreview(result.ok ? result.value : null);
    setError(result.ok ? null : capTableSentence(result.refusal));
  }

  async function apply(importId: string) {
    setBusy(true);
    const result = await submitOcfApply({ importId });
    setBusy(false);
    setError(result.ok ? null : capTableSentence(result.refusal));
    if (!result.ok) return;
    setPreview(null);
    router.refresh();
  }

  return (
    <div className="grid gap-4">
      <form onSubmit={upload} className="grid gap-3">
        <Field
          label="Open Cap Format package or list of holdings"
          hint="All JSON files of the package, or one ZIP of them; or one CSV with the columns holder, class, kind (common, preferred, option, warrant, SAFE, note), shares, invested, and where they apply date, strike, rank, multiple, conversion ratio, cap."
          required
        >
          {(control) => <TextInput {...control} type="file" name="files" multiple accept=".json,.zip,.csv" />}
        </Field>
        <div>
          <Button type="submit" busy={busy}>
            Look into the files
          </Button>
        </div>
      </form>
      <p role="alert" className="font-medium text-critical-text">
        {error}
      </p>
      {preview ? <Preview preview={preview} busy={busy} onApply={() => void apply(preview.importId)} /> : null}
    </div>
  );
}

function Preview({ preview, busy, onApply }: { preview: OcfPreview; busy: boolean; onApply: () => void }) {
  const { issuerName, asOf, transactions, holders, classes, problems, alreadyImported } = preview;
  const holds = [plural(transactions, "transaction"), plural(holders, "holder"), plural(classes, "class", "classes")];
  return (
    <section aria-label="What the files hold" className="grid gap-3">
      <p>
        {issuerName}, as of {asOf}: {holds.join(", ")}.
      </p>
      <ProblemList problems={problems} />
      {alreadyImported ? (
        <p role="status">Already imported: these files are the cap table now.</p>
      ) : (
        <div>
          <Button variant="primary" busy={busy} onClick={onApply}>
            Make this the cap table
          </Button>
        </div>
      )}
    </section>
  );
}
