import type { ReactNode } from "react";

/** A state in one word. For good and bad use Level. */
export function Badge({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex items-center rounded-sm border border-edge px-1.5 font-sans text-xs font-medium whitespace-nowrap">
      {children}
    </span>
  );
}
