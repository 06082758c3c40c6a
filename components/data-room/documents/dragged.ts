import type { DragEvent, HTMLAttributes } from "react";

/** Documents on their way to another place of the index; the bar of the chosen ones does the same by keyboard. */
export type Dragged = { documentId: string; version: number }[];

const KIND = "application/x-room-documents";

export function startDrag(event: DragEvent, documents: Dragged): void {
  event.dataTransfer.setData(KIND, JSON.stringify(documents));
  event.dataTransfer.effectAllowed = "move";
}

type Target = Pick<HTMLAttributes<HTMLElement>, "onDragOver" | "onDragLeave" | "onDrop">;
const mark = (event: DragEvent<HTMLElement>, over: boolean) => event.currentTarget.toggleAttribute("data-over", over);

/** For an element that takes documents of the table; files from the disk go to the field for them. */
export function dropTarget(onDrop: ((documents: Dragged) => void) | null): Target {
  if (!onDrop) return {};
  return {
    onDragOver: (event) => {
      if (!event.dataTransfer.types.includes(KIND)) return;
      event.preventDefault();
      mark(event, true);
    },
    onDragLeave: (event) => mark(event, false),
    onDrop: (event) => {
      mark(event, false);
      const carried = event.dataTransfer.getData(KIND);
      if (!carried) return;
      event.preventDefault();
      onDrop(JSON.parse(carried) as Dragged);
    },
  };
}
