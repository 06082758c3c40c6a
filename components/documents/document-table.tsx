"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { SearchField } from "@/components/ui/search-field";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { hasWords, type SortKey, sortedBy, sorting } from "@/components/ui/table-order";
import type { DocumentLine } from "@/lib/documents/queries/documents";
import { DOCUMENT_KINDS, DOCUMENT_STATES, KIND_NAMES } from "@/lib/documents/schema";
import { formatDay, plural } from "@/lib/format";

const KEYS = {
  document: ({ kind }: DocumentLine): SortKey => DOCUMENT_KINDS.indexOf(kind),
  bidder: ({ bidder }: DocumentLine): SortKey => bidder.toLocaleLowerCase("en"),
  state: ({ state }: DocumentLine): SortKey => DOCUMENT_STATES.indexOf(state),
  missing: ({ missing }: DocumentLine): SortKey => missing,
  written: ({ at }: DocumentLine): SortKey => at,
} as const;
type Key = keyof typeof KEYS;
const LABELS: Readonly<Record<Key, string>> = {
  ...{ document: "Document", bidder: "Bidder", state: "State", missing: "Missing", written: "Written" },
};

/** The papers of a sale, found by words and sorted by a column. */
export function DocumentTable({ documents, base }: { documents: readonly DocumentLine[]; base: string }) {
  const [search, setSearch] = useState("");
  const [order, setOrder] = useState<{ by: Key; descending: boolean }>({ by: "document", descending: false });
  const found = documents.filter(({ title, bidder, state }) => hasWords([title, bidder, state], search));
  const shown = sortedBy(found, KEYS[order.by], order.descending);
  return (
    <div className="grid gap-3 *:min-w-0">
      <search>
        <SearchField value={search} onChange={setSearch} />
      </search>
      <p role="status" className="text-sm text-muted">
        {`${plural(shown.length, "document")} of ${documents.length}`}
      </p>
      <Table caption="Documents of the sale">
        <TableHead>
          {(Object.keys(KEYS) as Key[]).map((by) => (
            <TableHeadCell key={by} {...sorting(order, by, setOrder)}>
              {LABELS[by]}
            </TableHeadCell>
          ))}
        </TableHead>
        <TableBody>
          {shown.map((line) => (
            <Line key={line.id} line={line} href={`${base}/${line.id}`} />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function Line({ line, href }: { line: DocumentLine; href: string }) {
  const { kind, title, bidder, state, sentOn, missing, version, at, byName } = line;
  const about = title.slice(KIND_NAMES[kind].length + 2);
  return (
    <TableRow>
      <TableRowHead>
        <TextLink href={href}>{about && about !== bidder ? title : KIND_NAMES[kind]}</TextLink>
      </TableRowHead>
      <TableCell>{bidder}</TableCell>
      <TableCell className="whitespace-nowrap">
        <Badge>{state}</Badge>
        {state === "sent" && sentOn ? <span className="text-sm text-muted"> {formatDay(sentOn)}</span> : null}
      </TableCell>
      <TableCell className="whitespace-nowrap">
        {missing === 0 ? "nothing" : <Level level="warning" word={plural(missing, "part")} />}
      </TableCell>
      <TableCell className="whitespace-nowrap text-muted">
        version {version}, {formatDay(at.slice(0, 10))}, {byName}
      </TableCell>
    </TableRow>
  );
}
