"use client";

import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { isTyping } from "@/components/shell/typing";

type ChartFigureProps = {
  title: ReactNode;
  graphic: ReactNode;
  table: ReactNode;
  note?: ReactNode;
  download?: string;
};

const CONTROL = "inline-block min-h-6 rounded-sm px-1 text-xs text-muted hover:text-ink hover:underline touch:min-h-11";

/** The finding as its title, the drawing, and the numbers behind it: `t` or the button turns one into the other. */
export function ChartFigure({ title, graphic, table, note, download }: ChartFigureProps) {
  const [asTable, setAsTable] = useState(false);
  const figure = useRef<HTMLElement>(null);
  const id = useId();
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== "t" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const focused = document.activeElement?.closest("[data-chart]");
      if (!focused || focused === figure.current) setAsTable((before) => !before);
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <figure ref={figure} data-chart="" aria-labelledby={id} className="min-w-0">
      <div className="mb-1 flex items-start justify-between gap-3">
        <figcaption id={id} className="headline text-base">
          {title}
        </figcaption>
        <span data-print="none" className="flex shrink-0 gap-1">
          {download ? (
            <a href={download} download className={CONTROL}>
              CSV
            </a>
          ) : null}
          <button
            type="button"
            aria-pressed={asTable}
            className={CONTROL}
            onClick={() => setAsTable((before) => !before)}
          >
            {asTable ? "Chart" : "Table"}
          </button>
        </span>
      </div>
      {asTable ? table : graphic}
      {note ? <p className="mt-1 text-xs text-muted">{note}</p> : null}
    </figure>
  );
}
