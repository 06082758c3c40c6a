"use client";

import { type DragEvent, type ReactNode, useState } from "react";
import { classNames } from "./class-names";

type DropZoneProps = { className: string; onDrop: (event: DragEvent) => void; children: ReactNode };

/** A place to drop files, around fields that do the same by keyboard. */
export function DropZone({ className, onDrop, children }: DropZoneProps) {
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the fields inside do the same by keyboard
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDrop(event);
      }}
      className={classNames(
        "relative grid rounded-md border border-dashed",
        over ? "border-accent bg-selected" : "border-edge",
        className,
      )}
    >
      {children}
    </div>
  );
}
