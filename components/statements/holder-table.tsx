"use client";

import { FigureValue } from "@/components/figures/figure-value";
import { Level, type LevelName } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { HolderLine } from "@/lib/distribution/queries/records/records";
import { STATEMENT_KIND } from "@/lib/distribution/schema/records";
import { reportHref } from "@/lib/reports/schema";
import { HolderDoor } from "./holder-door";
import { NoticeButton } from "./notice-button";

type HolderTableProps = {
  slug: string;
  holders: readonly HolderLine[];
  dealId: string | null;
  zone: string;
  may: { prepare: boolean; edit: boolean };
};

const COLUMNS = [
  ["net", "After tax"],
  ["in-kind", "In kind"],
  ["booked", "Booked"],
  ["ordered", "On its way"],
  ["owed", "Not ordered"],
  ["open", "Held back, at most"],
] as const;

type Standing = { level: LevelName; word: string };

function doorOf({ statement, access }: HolderLine): Standing {
  if (!access) return { level: "unknown", word: "not shown" };
  if (access.state !== "open") return { level: "unknown", word: access.state === "revoked" ? "taken back" : "ended" };
  if (!statement?.shown) return { level: "warning", word: "newest not shown" };
  const read = access.activity.some(({ kind }) => kind === "opened" || kind === "downloaded");
  return read ? { level: "healthy", word: "read" } : { level: "warning", word: "not read yet" };
}

/** What each holder has received, and their statement: frozen, shown, read. */
export function HolderTable({ slug, holders, dealId, zone, may }: HolderTableProps) {
  const anyInKind = holders.some(({ figures }) => figures["in-kind"] && figures["in-kind"].value !== "0");
  const shown = COLUMNS.filter(([part]) => part !== "in-kind" || anyInKind);
  return (
    <Table caption="Holders and their statements">
      <TableHead>
        <TableHeadCell>Holder</TableHeadCell>
        {shown.map(([part, label]) => (
          <TableHeadCell key={part} numeric>
            {label}
          </TableHeadCell>
        ))}
        <TableHeadCell>Statement</TableHeadCell>
        <TableHeadCell>Shown</TableHeadCell>
        <TableHeadCell>Notice</TableHeadCell>
      </TableHead>
      <TableBody>
        {holders.map((line) => {
          const { id, name, group, figures, statement, access, noticeId } = line;
          const door = doorOf(line);
          return (
            <TableRow key={id}>
              <TableRowHead>
                {name}
                {group ? <span className="font-normal text-muted"> (group)</span> : null}
              </TableRowHead>
              {shown.map(([part]) => (
                <TableCell key={part} numeric>
                  {figures[part] ? <FigureValue figure={figures[part]} exact /> : null}
                </TableCell>
              ))}
              <TableCell className="whitespace-nowrap">
                {statement ? (
                  <span className="inline-flex gap-4">
                    <TextLink
                      className="inline-block min-h-6 content-center"
                      href={reportHref(slug, { id: statement.artefactId, kind: STATEMENT_KIND })}
                    >
                      Revision {statement.version}
                      <span className="sr-only"> of {name}</span>
                    </TextLink>
                    <a
                      className="inline-block min-h-6 content-center underline underline-offset-3"
                      href={`/api/statements/${statement.id}`}
                      download
                    >
                      PDF<span className="sr-only"> for {name}</span>
                    </a>
                  </span>
                ) : (
                  <span className="text-muted">not frozen</span>
                )}
              </TableCell>
              <TableCell className="whitespace-nowrap">
                <Level level={door.level} word={door.word} />
                {access ? <HolderDoor name={name} access={access} zone={zone} mayPrepare={may.prepare} /> : null}
              </TableCell>
              <TableCell className="whitespace-nowrap">
                {noticeId ? (
                  <TextLink href={`/ventures/${slug}/deal/documents/${noticeId}`}>
                    Read<span className="sr-only"> the notice to {name}</span>
                  </TextLink>
                ) : dealId && may.edit ? (
                  <NoticeButton dealId={dealId} holderId={id} name={name} />
                ) : (
                  <span className="text-muted">none</span>
                )}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
