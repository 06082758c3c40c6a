"use client";

import type { DragEvent, Ref } from "react";
import { DropZone } from "@/components/ui/drop-zone";

type FileDropProps = { ref: Ref<HTMLInputElement>; chosen: string | null; onChoose: (file: File) => void };

const TYPES = ".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A place to drop a file, around the field that does the same by keyboard. */
export function FileDrop({ ref, chosen, onChoose }: FileDropProps) {
  function drop(event: DragEvent) {
    const [file] = event.dataTransfer.files;
    if (file) onChoose(file);
  }

  return (
    <DropZone className="justify-items-start gap-2 p-5" onDrop={drop}>
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
    </DropZone>
  );
}
