"use client";

import { useId, useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { TextInput } from "@/components/ui/text-input";
import type { RoomView } from "@/lib/data-room/queries";
import { type Order, shownDocuments } from "./document-order";
import { DocumentTable } from "./document-table";
import { type Focus, IndexTree } from "./index-tree";
import { ItemPanel } from "./item-panel";
import { MoveForm } from "./move-form";
import { TextSearch } from "./text-search";
import { UploadPanel } from "./upload-panel";

type RoomBoardProps = { room: RoomView; path: string; mayEdit: boolean };

/** The index left, what is in it right. */
export function RoomBoard({ room, path, mayEdit }: RoomBoardProps) {
  const { head, sections, documents, views, pendingTexts } = room;
  const id = useId();
  const [picked, setFocus] = useState<Focus>({ kind: "all" });
  const [filter, setFilter] = useState("");
  const [order, setOrder] = useState<Order>({ by: "number", descending: false });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const item =
    picked.kind === "item"
      ? sections.flatMap(({ items }) => items).find((one) => one.id === picked.item.id)
      : undefined;
  const focus: Focus = picked.kind === "item" && item ? { kind: "item", item } : picked;
  const shown = shownDocuments(documents, focus, filter, order);
  const moving = documents.filter((line) => chosen.has(line.id));
  const open = head.status === "open" && mayEdit;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[20rem_minmax(0,1fr)]">
      <IndexTree
        sections={sections}
        views={views}
        unsorted={documents.filter(({ itemId }) => itemId === null).length}
        total={documents.length}
        focus={focus}
        onFocus={setFocus}
      />
      <div className="grid min-w-0 content-start gap-5">
        {open ? (
          <UploadPanel
            roomId={head.id}
            into={item ? { itemId: item.id, label: `${item.section}.${item.number} ${item.title}` } : null}
          />
        ) : null}
        <TextSearch roomId={head.id} path={path} pending={pendingTexts} />
        <div className="grid gap-2">
          <h2 className="rubric">{titleOf(focus, sections)}</h2>
          {item && open ? <ItemPanel item={item} /> : null}
          <div className="grid gap-1">
            <label htmlFor={id} className="text-sm font-medium">
              Filter by name
            </label>
            <TextInput id={id} value={filter} onChange={(event) => setFilter(event.target.value)} />
          </div>
          {moving.length > 0 && open ? (
            <MoveForm sections={sections} chosen={moving} onDone={() => setChosen(new Set())} />
          ) : null}
          {shown.length > 0 ? (
            <DocumentTable
              path={path}
              documents={shown}
              order={order}
              onOrder={setOrder}
              chosen={chosen}
              onChoose={setChosen}
            />
          ) : (
            <EmptyState title={filter ? "No document of this name" : "Nothing here yet"}>
              {filter
                ? "Clear the filter to see all of this part."
                : "Drop files above; what they are is looked at before they are kept."}
            </EmptyState>
          )}
        </div>
      </div>
    </div>
  );
}

function titleOf(focus: Focus, sections: RoomView["sections"]): string {
  if (focus.kind === "all") return "All documents";
  if (focus.kind === "unsorted") return "Unsorted";
  if (focus.kind === "item") return `${focus.item.section}.${focus.item.number} ${focus.item.title}`;
  return `${focus.section} ${sections.find(({ number }) => number === focus.section)?.title ?? ""}`;
}
