import type { ReactNode } from "react";

/** More of the same, one key away. Works without scripts; find-in-page opens it. */
export function Disclosure({ summary, open, children }: { summary: ReactNode; open?: boolean; children: ReactNode }) {
  return (
    <details open={open} className="group/disclosure border-b border-line">
      <summary className="target flex list-none items-center gap-2 py-1.5 [&::-webkit-details-marker]:hidden">
        <span aria-hidden="true" className="inline-block w-3 text-muted group-open/disclosure:rotate-90">
          ▸
        </span>
        {summary}
      </summary>
      <div className="pb-3 pl-5">{children}</div>
    </details>
  );
}
