"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Level, type LevelName } from "@/components/ui/level";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { plural } from "@/lib/format";
import { previewInitiativeFile, takeInitiativeFile, undoInitiativeFile } from "@/lib/growth/actions/initiative-file";
import { INITIATIVE_COLUMN_NAMES, type InitiativeFile, type InitiativeLine } from "@/lib/growth/schema/initiative-file";
import { InitiativeProblem } from "./initiative-problem";

const STATES: Readonly<Record<InitiativeLine["state"], { level: LevelName; word: string }>> = {
  new: { level: "healthy", word: "taken over" },
  known: { level: "unknown", word: "here already" },
  rejected: { level: "warning", word: "not taken" },
};

const PATTERN = "Offer sent 2026-05-01; Decided 2026-06-01 done";

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

type Seen = { file: InitiativeFile; lines: readonly InitiativeLine[] };

/** Initiatives that began elsewhere: a file is looked at row by row, taken over, and can be taken back. */
export function InitiativeImport({ ventureId }: { ventureId: string }) {
  const [seen, setSeen] = useState<Seen | null>(null);
  const [taken, setTaken] = useState<string | null>(null);
  const { busy, refusal, problems, run, dialog } = useChange();

  async function look(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).get("file");
    if (!(chosen instanceof File) || chosen.size === 0) return;
    const file = { ventureId, fileName: chosen.name, base64: await base64Of(chosen) };
    const answer = await run(() => previewInitiativeFile(file));
    setSeen(answer && { file, lines: answer.value.lines });
    setTaken(null);
  }
  async function take({ file }: Seen) {
    const answer = await run(() => takeInitiativeFile(file), "The initiatives are taken over.");
    if (answer) setTaken(answer.value.importKey);
  }
  async function undo(importKey: string) {
    const answer = await run(() => undoInitiativeFile({ ventureId, importKey }), "The file is taken back.");
    if (!answer) return;
    setSeen(null);
    setTaken(null);
  }
  const ready = seen?.lines.filter(({ state }) => state === "new").length ?? 0;
  return (
    <div className="grid grid-cols-1 gap-4">
      <form onSubmit={look} className="grid grid-cols-1 gap-3" aria-label="Initiatives from a file">
        <p className="prose-width text-muted">
          For work that was approved and begun before it was known here; it counts as approved, so the chairman takes it
          over. Columns: {INITIATIVE_COLUMN_NAMES.join(", ")}. Days as 2026-05-01; milestones as “{PATTERN}”.
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
      {seen ? <Lines lines={seen.lines} /> : null}
      {seen && !taken && ready > 0 ? (
        <div>
          <Button variant="primary" busy={busy} onClick={() => take(seen)}>
            Take over {plural(ready, "initiative")}
          </Button>
        </div>
      ) : null}
      {taken ? (
        <p role="status" className="flex flex-wrap items-baseline gap-3">
          Taken over. As long as nobody has worked on them, they can be taken back together.
          <Button variant="bare" busy={busy} onClick={() => undo(taken)}>
            Take the file back
          </Button>
        </p>
      ) : null}
      {dialog}
    </div>
  );
}

function Lines({ lines }: { lines: readonly InitiativeLine[] }) {
  return (
    <Table caption="Rows of the file" compact tall>
      <TableHead>
        <TableHeadCell numeric>Row</TableHeadCell>
        <TableHeadCell>Initiative</TableHeadCell>
        <TableHeadCell>What happens</TableHeadCell>
      </TableHead>
      <TableBody>
        {lines.map(({ rowNumber, title, state, problems }) => (
          <TableRow key={rowNumber}>
            <TableCell numeric>{rowNumber}</TableCell>
            <TableRowHead>{title || "without a title"}</TableRowHead>
            <TableCell>
              <Level level={STATES[state].level} word={STATES[state].word} />
              {problems.map(({ column, expected }) => (
                <span key={`${column} ${expected}`} className="block text-sm text-muted">
                  {column}: {expected}
                </span>
              ))}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
