"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** A secret that exists nowhere else: shown until the person says that it is kept. */
export function ShownOnce({ what, secret, onDone }: { what: string; secret: string; onDone: () => void }) {
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(secret).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  }
  return (
    <Notice level="warning" word="shown only now">
      <p>{what}</p>
      <output aria-label="Shown once" className="my-2 block font-mono text-sm break-all select-all">
        {secret}
      </output>
      <div className="flex flex-wrap gap-2">
        <Button onClick={copy}>{copied ? "Copied" : "Copy"}</Button>
        <Button onClick={onDone}>I have kept it</Button>
      </div>
    </Notice>
  );
}
