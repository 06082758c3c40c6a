"use client";

import { type DragEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { DropZone } from "@/components/ui/drop-zone";
import { Progress } from "@/components/ui/progress";
import { ALLOWED_ENDINGS } from "@/lib/data-room/rules/file-types";
import { MAX_FILES_AT_ONCE } from "@/lib/data-room/schema";
import { plural } from "@/lib/format";
import { sizeText } from "../words";
import { chosenFiles, droppedFiles, type Picked } from "./dropped-files";
import { UploadList } from "./upload-list";
import { mayRetry } from "./upload-queue";
import { useUploads } from "./use-uploads";

const TAKEN = ALLOWED_ENDINGS.map((ending) => `.${ending}`).join(",");

type UploadPanelProps = {
  roomId: string;
  /** Files go to this item, or this document; without it, by the names of their folders. */
  into?: { itemId: string; label: string } | null;
  documentId?: string;
};

/** A place to drop files and folders, and two fields that do the same by keyboard. */
export function UploadPanel({ roomId, into, documentId }: UploadPanelProps) {
  const { uploads, totals, add, cancel, retry, clear } = useUploads(roomId);
  const [problem, setProblem] = useState<string | null>(null);

  function take(files: readonly Picked[]) {
    setProblem(
      files.length > MAX_FILES_AT_ONCE
        ? `At most ${MAX_FILES_AT_ONCE} files at once; send the rest after these.`
        : null,
    );
    add(files.slice(0, MAX_FILES_AT_ONCE), {
      ...(into ? { itemId: into.itemId } : {}),
      ...(documentId ? { documentId } : {}),
    });
  }
  async function drop(event: DragEvent) {
    take(await droppedFiles(event.dataTransfer.items, MAX_FILES_AT_ONCE));
  }
  return (
    <div className="grid gap-3">
      <DropZone className="gap-3 p-4" onDrop={drop}>
        <p className="text-sm">
          {documentId
            ? "Drop the next version here."
            : into
              ? `Drop files here: they go to ${into.label}.`
              : `Drop folders or up to ${MAX_FILES_AT_ONCE} files here. Folder names such as “3 Finance” choose the section; the rest waits under “Unsorted”.`}
        </p>
        <div className="flex flex-wrap gap-2">
          <FileField label={documentId ? "Choose a file" : "Choose files"} multiple={!documentId} onTake={take} />
          {documentId ? null : <FileField label="Choose a folder" folder multiple onTake={take} />}
        </div>
        <p role="alert" className="text-sm font-medium text-critical-text empty:hidden">
          {problem}
        </p>
      </DropZone>
      {uploads.length > 0 ? (
        <section aria-label="Uploads" className="grid gap-2">
          <Progress
            label={totals.running ? "Uploading" : totals.failed > 0 ? "Uploaded in part" : "Uploaded"}
            done={totals.sent}
            total={totals.bytes || null}
            text={`${totals.over} of ${plural(totals.files, "file")}, ${sizeText(totals.sent)} of ${sizeText(totals.bytes)}`}
          />
          <div className="flex flex-wrap gap-2">
            {totals.running ? (
              <Button onClick={() => cancel(null)}>Cancel all</Button>
            ) : (
              <Button onClick={clear}>Clear the list</Button>
            )}
            {uploads.some(mayRetry) ? <Button onClick={() => retry(null)}>Send again what failed</Button> : null}
          </div>
          <UploadList uploads={uploads} onCancel={cancel} onRetry={retry} />
        </section>
      ) : null}
    </div>
  );
}

type FileFieldProps = { label: string; folder?: boolean; multiple?: boolean; onTake: (files: Picked[]) => void };

/** Looks like a button, and is the platform's own field. */
function FileField({ label, folder, multiple, onTake }: FileFieldProps) {
  return (
    <label
      className={buttonStyle(
        "plain",
        "cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
      )}
    >
      {label}
      <input
        type="file"
        multiple={multiple}
        className="sr-only"
        {...(folder ? { webkitdirectory: "" } : { accept: TAKEN })}
        onChange={(event) => {
          if (event.target.files) onTake(chosenFiles(event.target.files));
          event.target.value = "";
        }}
      />
    </label>
  );
}
