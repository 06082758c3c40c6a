"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { plural } from "@/lib/format";
import { previewInitiativeFile, takeInitiativeFile, undoInitiativeFile } from "@/lib/growth/actions/initiative-file";
import type { LoadedFile } from "@/lib/growth/queries/initiatives/initiative-file";
import type {
  InitiativeFile,
  InitiativeFileColumn,
  InitiativeLine,
  InitiativeTarget,
} from "@/lib/growth/schema/initiative-file";
import { InitiativeColumns } from "./initiative-columns";
import { InitiativeFiles, InitiativeLines } from "./initiative-lines";
import { InitiativeProblem } from "./initiative-problem";

const PATTERN = "Offer sent 2026-05-01; Decided 2026-06-01 done";

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** Hands a text to the browser as a file. */
function saveText(text: string, fileName: string) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href: url, download: fileName }).click();
  URL.revokeObjectURL(url);
}

type Seen = {
  file: InitiativeFile;
  columns: InitiativeFileColumn[];
  remembered: boolean;
  unclear: readonly string[];
  lines: readonly InitiativeLine[];
  rejected: string | null;
};
type ImportProps = { ventureId: string; files: readonly LoadedFile[]; zone: string };

/** Initiatives that began elsewhere: columns are named, rows looked at, the file taken over, and taken back if need be. */
export function InitiativeImport({ ventureId, files, zone }: ImportProps) {
  const [seen, setSeen] = useState<Seen | null>(null);
  const { busy, refusal, problems, run, dialog } = useChange();
  const router = useRouter();

  async function look(file: InitiativeFile) {
    const answer = await run(() => previewInitiativeFile(file));
    setSeen(answer && { file, ...answer.value });
  }
  async function choose(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).get("file");
    if (!(chosen instanceof File) || chosen.size === 0) return;
    await look({ ventureId, fileName: chosen.name, base64: await base64Of(chosen), targets: null });
  }
  async function change({ file, columns }: Seen, at: number, target: InitiativeTarget) {
    const targets = columns.map((column, index) => (index === at ? target : column.target));
    await look({ ...file, targets });
  }
  async function take({ file, columns }: Seen) {
    const targets = columns.map(({ target }) => target);
    const answer = await run(() => takeInitiativeFile({ ...file, targets }), "The initiatives are taken over.");
    if (answer) setSeen(null);
    router.refresh();
  }
  async function undo(importKey: string) {
    await run(() => undoInitiativeFile({ ventureId, importKey }), "The file is taken back.");
    router.refresh();
  }
  return (
    <div className="grid grid-cols-1 gap-4">
      <form onSubmit={choose} className="grid grid-cols-1 gap-3" aria-label="Initiatives from a file">
        <p className="prose-width text-muted">
          For work that was approved and begun before it was known here; it counts as approved, so the chairman takes it
          over. Days as 2026-05-01 or 1.5.2026; milestones as “{PATTERN}”.
        </p>
        <div className="flex flex-wrap items-end gap-3">
          <Field label="CSV or XLSX file" required className="min-w-0">
            {(control) => (
              <input {...control} type="file" name="file" accept=".csv,.xlsx" className="max-w-full text-sm" />
            )}
          </Field>
          <Button type="submit" busy={busy}>
            Look at it
          </Button>
        </div>
      </form>
      <InitiativeProblem code={refusal} />
      <ul className="list-disc pl-5 text-sm empty:hidden">
        {problems.map(({ path, expected }) => (
          <li key={`${path} ${expected}`}>
            {path}: {expected}
          </li>
        ))}
      </ul>
      {seen ? <Look seen={seen} busy={busy} onChange={change} onTake={take} /> : null}
      <InitiativeFiles files={files} zone={zone} busy={busy} onUndo={undo} />
      {dialog}
    </div>
  );
}

type LookProps = {
  seen: Seen;
  busy: boolean;
  onChange: (seen: Seen, at: number, target: InitiativeTarget) => void;
  onTake: (seen: Seen) => void;
};

/** What the columns are taken for, and what would become of each row. */
function Look({ seen, busy, onChange, onTake }: LookProps) {
  const ready = seen.lines.filter(({ state }) => state === "new").length;
  return (
    <>
      {seen.remembered ? (
        <p className="text-sm text-muted">The columns are named as in the last file with these headers.</p>
      ) : null}
      <InitiativeColumns columns={seen.columns} onChange={(at, target) => onChange(seen, at, target)} />
      <ul className="list-disc pl-5 empty:hidden" aria-label="Still to say">
        {seen.unclear.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {seen.lines.length > 0 ? <InitiativeLines lines={seen.lines} /> : null}
      {seen.rejected ? (
        <div>
          <Button onClick={() => saveText(seen.rejected ?? "", "initiatives-not-taken.csv")}>
            Download the rows that are not taken
          </Button>
        </div>
      ) : null}
      {ready > 0 ? (
        <div>
          <Button variant="primary" busy={busy} onClick={() => onTake(seen)}>
            Take over {plural(ready, "initiative")}
          </Button>
        </div>
      ) : null}
    </>
  );
}
