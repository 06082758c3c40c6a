"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Reader } from "../reader/reader";

/** The document as guests see it, with the reader's own name on each page. Nothing of it counts as theirs. */
export function Preview({ versionId, title, isImage }: { versionId: string; title: string; isImage: boolean }) {
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <div>
        <Button onClick={() => setOpen(true)}>Show it as guests see it</Button>
      </div>
    );
  return (
    <div className="max-w-3xl">
      <Reader from={`/api/data-room/versions/${versionId}/view`} tellTo={null} title={title} isImage={isImage} />
    </div>
  );
}
