import type { ReactNode } from "react";

/** Drawn marks, kept from screen readers: they have the summary, the reader and the table. */
export function Marks({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of shapes takes no focus
    <g aria-hidden="true" pointerEvents="none">
      {children}
    </g>
  );
}
