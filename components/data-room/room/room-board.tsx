"use client";

import { useState } from "react";
import { placeDocuments } from "@/lib/data-room/actions";
import type { RoomView } from "@/lib/data-room/queries";
import { plural } from "@/lib/format";
import { DocumentList } from "../documents/document-list";
import type { Dragged } from "../documents/dragged";
import { RemovedList } from "../documents/removed-list";
import { Problem } from "../problem";
import { UploadPanel } from "../uploads/upload-panel";
import { useSend } from "../use-send";
import { type Focus, IndexTree, titleOf } from "./index-tree";
import { ItemForm } from "./item-form";
import { ItemPanel } from "./item-panel";
import { TextSearch } from "./text-search";

type RoomBoardProps = { room: RoomView; path: string };

/** The index left, what is in it right. */
export function RoomBoard({ room, path }: RoomBoardProps) {
  const { head, sections, documents, removed, views, pendingTexts } = room;
  const [picked, setFocus] = useState<Focus>({ kind: "all" });
  const unsorted = documents.filter(({ itemId }) => itemId === null).length;
  const focus = current(picked, sections, { unsorted, removed: removed.length });
  const item = focus.kind === "item" ? focus.item : null;
  const section = focus.kind === "section" ? sections.find(({ number }) => number === focus.section) : undefined;
  const mayEdit = head.status === "open";
  const { problem, send } = useSend();
  const move = (moved: Dragged, itemId: string | null) => {
    const many = plural(moved.length, "document");
    send(() => placeDocuments({ documents: moved, itemId }), `${many} moved.`);
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[20rem_minmax(0,1fr)]">
      <IndexTree
        sections={sections}
        views={views}
        counts={{ total: documents.length, unsorted, removed: removed.length }}
        focus={focus}
        onFocus={setFocus}
        onMove={mayEdit ? move : null}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-5">
        {mayEdit ? (
          <UploadPanel
            roomId={head.id}
            into={item ? { itemId: item.id, label: `${item.section}.${item.number} ${item.title}` } : null}
          />
        ) : null}
        <Problem text={problem} />
        <TextSearch roomId={head.id} path={path} pending={pendingTexts} />
        <section aria-label="Documents" className="grid grid-cols-[minmax(0,1fr)] gap-2">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <h2 className="rubric">{titleOf(focus, sections)}</h2>
            {section && mayEdit ? <ItemForm roomId={head.id} section={section} /> : null}
          </div>
          {item && mayEdit ? <ItemPanel item={item} /> : null}
          {focus.kind === "removed" ? (
            <RemovedList removed={removed} path={path} mayEdit={mayEdit} />
          ) : (
            <DocumentList sections={sections} documents={documents} focus={focus} path={path} mayEdit={mayEdit} />
          )}
        </section>
      </div>
    </div>
  );
}

/** As the room is now: an item with its new standing, and not a part that has become empty. */
function current(picked: Focus, sections: RoomView["sections"], held: Record<"unsorted" | "removed", number>): Focus {
  if (picked.kind === "unsorted" || picked.kind === "removed") return held[picked.kind] > 0 ? picked : { kind: "all" };
  if (picked.kind !== "item") return picked;
  const item = sections.flatMap(({ items }) => items).find(({ id }) => id === picked.item.id);
  return item ? { kind: "item", item } : { kind: "all" };
}
