"use client";

import { type DragEvent, type Ref, useState } from "react";
import { classNames } from "@/components/ui/class-names";

type FileDropProps = { ref: Ref<HTMLInputElement>; chosen: string | null; onChoose: (file: File) => void };

const TYPES = ".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A place to drop a file, around the field that does the same by keyboard. */
export function FileDrop({ ref, chosen, onChoose }: FileDropProps) {
  const [over, setOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onChoose(file);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the file field inside does the same by keyboard
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={classNames(
        "grid justify-items-start gap-2 rounded-md border border-dashed p-5",
        over ? "border-accent bg-selected" : "border-edge",
      )}
    >
      <label htmlFor="import-file" className="text-sm font-medium">
        File (CSV or XLSX, up to 50 MB)
      </label>
      <input
        ref={ref}
        id="import-file"
        type="file"
        accept={TYPES}
        className="max-w-full text-sm"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onChoose(file);
        }}
      />
      <p className="text-sm text-muted">{chosen ? `Chosen: ${chosen}` : "Or drop it here."}</p>
    </div>
  );
}
