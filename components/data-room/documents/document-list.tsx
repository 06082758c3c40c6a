"use client";

import { useId, useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { TextInput } from "@/components/ui/text-input";
import type { SectionLine } from "@/lib/data-room/queries";
import type { DocumentLine } from "@/lib/data-room/queries/documents";
import type { Focus } from "../room/index-tree";
import { ChosenBar } from "./chosen-bar";
import { type Order, shownDocuments } from "./document-order";
import { DocumentTable } from "./document-table";

type DocumentListProps = {
  sections: readonly SectionLine[];
  documents: readonly DocumentLine[];
  focus: Focus;
  path: string;
  mayEdit: boolean;
};

/** The documents of the part that is looked at: filtered by name, sorted, chosen. */
export function DocumentList({ sections, documents, focus, path, mayEdit }: DocumentListProps) {
  const id = useId();
  const [filter, setFilter] = useState("");
  const [order, setOrder] = useState<Order>({ by: "number", descending: false });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const shown = shownDocuments(documents, focus, filter, order);
  const held = documents.filter((line) => chosen.has(line.id));
  return (
    <>
      <div className="grid gap-1">
        <label htmlFor={id} className="text-sm font-medium">
          Filter by name
        </label>
        <TextInput id={id} type="search" value={filter} onChange={(event) => setFilter(event.target.value)} />
      </div>
      {held.length > 0 && mayEdit ? (
        <ChosenBar sections={sections} chosen={held} onDone={() => setChosen(new Set())} />
      ) : null}
      {shown.length > 0 ? (
        <DocumentTable
          path={path}
          documents={shown}
          order={order}
          onOrder={setOrder}
          choice={mayEdit ? { chosen, onChoose: setChosen } : null}
        />
      ) : (
        <EmptyState title={filter ? "No document of this name" : "Nothing here yet"}>
          {emptyWords(filter !== "", mayEdit)}
        </EmptyState>
      )}
    </>
  );
}

function emptyWords(filtered: boolean, mayEdit: boolean): string {
  if (filtered) return "Clear the filter to see all of this part.";
  return mayEdit ? "Drop files above; what they are is looked at before they are kept." : "The room is frozen without.";
}
