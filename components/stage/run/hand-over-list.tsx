"use client";

import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { Section } from "@/components/ui/section";
import { formatMoment, plural } from "@/lib/format";
import { submitHandOverUndo } from "@/lib/stage/actions/run";
import type { HandOverView } from "@/lib/stage/queries/hand-overs";
import { HandOverTable } from "./hand-over-table";
import { refusalSentence } from "./run-words";

const moment = (at: string, zone: string): string => formatMoment(new Date(at), zone);

/** The files that were taken in, each to be read again and undone as a whole. */
export function HandOverList({ handOvers, zone }: { handOvers: readonly HandOverView[]; zone: string }) {
  return (
    <Section title="Files taken in">
      {handOvers.length === 0 ? (
        <p className="py-2 text-muted">No file yet. One that was taken in stands here, and can be undone as a whole.</p>
      ) : (
        <ul>
          {handOvers.map((one) => (
            <HandOver key={one.id} handOver={one} zone={zone} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function HandOver({ handOver, zone }: { handOver: HandOverView; zone: string }) {
  const { id, fileName, takenAt, takenBy, lines, undone } = handOver;
  return (
    <li className="grid gap-2 pt-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 break-words">
          <span className="font-medium">{fileName}</span>{" "}
          <span className="text-sm text-muted">
            {plural(lines.length, "row")}, taken in by {takenBy}, {moment(takenAt, zone)}
          </span>
        </p>
        {undone ? null : <UndoHandOver id={id} fileName={fileName} />}
      </div>
      {undone ? (
        <p className="prose-width text-sm">
          Undone by {undone.by}, {moment(undone.at, zone)}: “{undone.reason}”
        </p>
      ) : null}
      <Disclosure summary={<span className="text-sm">What its rows did</span>}>
        <HandOverTable caption={`What was taken in from ${fileName}`} lines={lines} applied />
      </Disclosure>
    </li>
  );
}

function UndoHandOver({ id, fileName }: { id: string; fileName: string }) {
  return (
    <ReasonDialog
      title={`Undo ${fileName}?`}
      description="Every venture that it brought to stage 40 is in stage 39 again, with the score of before. Only as long as nobody has decided anything about one of them."
      trigger={<Button aria-label={`Undo ${fileName}`}>Undo…</Button>}
      confirmLabel="Undo the file"
      done="The file is undone."
      sentence={refusalSentence}
      send={(reason) => submitHandOverUndo({ handOverId: id, reason })}
    />
  );
}
