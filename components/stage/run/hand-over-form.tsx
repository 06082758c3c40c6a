"use client";

import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Level, type LevelName } from "@/components/ui/level";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { TextInput } from "@/components/ui/text-input";
import { submitHandOver } from "@/lib/stage/actions/run";
import type { HandOverLine } from "@/lib/stage/mutations/hand-over";
import { refusalSentence } from "./run-words";

const WORDS: Readonly<Record<HandOverLine["outcome"], { level: LevelName; before: string; after: string }>> = {
  initiated: { level: "healthy", before: "the stage will open", after: "the stage opens" },
  waiting: { level: "warning", before: "will wait at the gate", after: "waits at the gate" },
  known: { level: "unknown", before: "known already", after: "known already" },
  rejected: { level: "critical", before: "rejected", after: "rejected" },
};

type Shown = { lines: HandOverLine[]; applied: boolean; text: string };

/** Chooses a file, shows what each row would do, and takes it in. */
export function HandOverForm() {
  const [shown, setShown] = useState<Shown | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const send = (text: string, apply: boolean) =>
    start(async () => {
      const outcome = await submitHandOver({ text, apply }).catch(() => ({
        ...{ ok: false as const, refusal: "UNAVAILABLE" },
      }));
      setError(outcome.ok ? null : refusalSentence(outcome.refusal));
      setShown(outcome.ok ? { lines: outcome.value.lines, applied: apply, text } : null);
    });
  async function look(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const file = new FormData(event.currentTarget).get("file");
    if (file instanceof File) send(await file.text(), false);
  }
  return (
    <div className="grid gap-6">
      <form onSubmit={look} className="grid max-w-xl gap-4">
        <Field
          label="File (CSV)"
          required
          error={error}
          hint="Columns: key, venture, maturity_score, assessed_on. The key is the sender's own; the same key is the same report."
        >
          {(control) => <TextInput {...control} type="file" name="file" accept=".csv,text/csv" />}
        </Field>
        <p>
          <Button type="submit" busy={pending}>
            Show what it would do
          </Button>
        </p>
      </form>
      {shown ? <Rows shown={shown} busy={pending} take={() => send(shown.text, true)} /> : null}
    </div>
  );
}

function Rows({ shown: { lines, applied }, busy, take }: { shown: Shown; busy: boolean; take: () => void }) {
  const wanted = lines.some(({ outcome }) => outcome === "initiated" || outcome === "waiting");
  return (
    <div className="grid gap-4">
      <Table caption={applied ? "What was taken in" : "What it would do"} showCaption>
        <TableHead>
          <TableHeadCell numeric>Row</TableHeadCell>
          <TableHeadCell>Venture</TableHeadCell>
          <TableHeadCell>{applied ? "Outcome" : "Would"}</TableHeadCell>
        </TableHead>
        <TableBody>
          {lines.map(({ row, venture, outcome, problem }) => (
            <TableRow key={row}>
              <TableCell numeric>{row}</TableCell>
              <TableRowHead>{venture || "–"}</TableRowHead>
              <TableCell>
                <Level level={WORDS[outcome].level} word={WORDS[outcome][applied ? "after" : "before"]} />
                {problem ? <span className="text-sm text-muted"> {problem}</span> : null}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {applied || !wanted ? null : (
        <p>
          <Button variant="primary" busy={busy} onClick={take}>
            Take it in
          </Button>
        </p>
      )}
    </div>
  );
}
