"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { sorting } from "@/components/ui/table-order";
import type { DocumentLine } from "@/lib/data-room/queries/documents";
import { FLAG_WORDS } from "@/lib/data-room/rules/file-types";
import { formatDay, plural } from "@/lib/format";
import { sizeText, typeText } from "../words";
import type { Order, SortKey } from "./document-order";
import { startDrag } from "./dragged";

type DocumentTableProps = {
  path: string;
  documents: readonly DocumentLine[];
  order: Order;
  onOrder: (order: Order) => void;
  /** Null: nothing can be done with them now. */
  choice: { chosen: ReadonlySet<string>; onChoose: (ids: ReadonlySet<string>) => void } | null;
};

const STEP = 200;

export function DocumentTable({ path, documents, order, onOrder, choice }: DocumentTableProps) {
  const [shown, setShown] = useState(STEP);
  /** What is dragged by a line: all that are chosen, where it is one of them. */
  const heldBy = (line: DocumentLine) =>
    (choice?.chosen.has(line.id) ? documents.filter(({ id }) => choice.chosen.has(id)) : [line]).map(
      ({ id: documentId, version }) => ({ documentId, version }),
    );
  const head = (by: SortKey, label: string, numeric = false) => (
    <TableHeadCell numeric={numeric} {...sorting(order, by, onOrder)}>
      {label}
    </TableHeadCell>
  );
  return (
    <>
      <Table caption="Documents" compact>
        <TableHead>
          {choice ? <ChooseAll documents={documents} {...choice} /> : null}
          {head("number", "No.")}
          {head("title", "Document")}
          {head("type", "Type")}
          {head("size", "Size", true)}
          {head("uploaded", "Uploaded")}
          {head("expires", "Expires")}
        </TableHead>
        <TableBody>
          {documents.slice(0, shown).map((line) => (
            <TableRow
              key={line.id}
              {...(choice ? { draggable: true, onDragStart: (event) => startDrag(event, heldBy(line)) } : {})}
            >
              {choice ? <ChooseOne line={line} {...choice} /> : null}
              <TableCell className="whitespace-nowrap tabular-nums">{line.number ?? "–"}</TableCell>
              <TableRowHead className="min-w-48">
                <TextLink quiet href={`${path}/documents/${line.id}`}>
                  {line.title}
                </TextLink>{" "}
                {line.newest.number > 1 ? <Badge>v{line.newest.number}</Badge> : null}
                {line.newest.flags.length > 0 ? (
                  <span className="block text-xs font-normal text-muted">
                    ▲ {line.newest.flags.map((flag) => FLAG_WORDS[flag] ?? flag).join("; ")}
                  </span>
                ) : null}
              </TableRowHead>
              <TableCell className="whitespace-nowrap">{typeText(line.newest.type)}</TableCell>
              <TableCell numeric>{sizeText(line.newest.sizeBytes)}</TableCell>
              <TableCell className="whitespace-nowrap">{formatDay(line.newest.uploadedAt.slice(0, 10))}</TableCell>
              <TableCell className="whitespace-nowrap">
                <Expiry line={line} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {documents.length > shown ? (
        <button
          type="button"
          className="target mt-2 text-sm underline underline-offset-3"
          onClick={() => setShown(shown + STEP)}
        >
          Show {plural(Math.min(STEP, documents.length - shown), "more document", "more documents")}
        </button>
      ) : null}
    </>
  );
}

function Expiry({ line: { expiresOn, expiry } }: { line: DocumentLine }) {
  if (expiry === "none") return "–";
  if (expiry === "later") return formatDay(expiresOn);
  return <Level level={expiry === "expired" ? "critical" : "warning"} word={formatDay(expiresOn)} />;
}

type Choice = NonNullable<DocumentTableProps["choice"]>;

function ChooseAll({ documents, chosen, onChoose }: Choice & Pick<DocumentTableProps, "documents">) {
  const all = documents.every(({ id }) => chosen.has(id));
  return (
    <TableHeadCell>
      <input
        type="checkbox"
        aria-label="Choose all that are listed"
        className="size-4 touch:size-6"
        checked={all}
        onChange={() => onChoose(new Set(all ? [] : documents.map(({ id }) => id)))}
      />
    </TableHeadCell>
  );
}

function ChooseOne({ line, chosen, onChoose }: Choice & { line: DocumentLine }) {
  function toggle() {
    const next = new Set(chosen);
    if (!next.delete(line.id)) next.add(line.id);
    onChoose(next);
  }
  return (
    <TableCell>
      <input
        type="checkbox"
        aria-label={`Choose ${line.title}`}
        className="size-4 touch:size-6"
        checked={chosen.has(line.id)}
        onChange={toggle}
      />
    </TableCell>
  );
}
