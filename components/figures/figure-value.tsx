"use client";

import { useRef, useState } from "react";
import type { FigureView } from "@/lib/figures/schema";
import { formatDay, formatExactFigure, formatFigure } from "@/lib/format";
import { AlignedNumber } from "./aligned-number";
import { alignedParts } from "./aligned-parts";
import { FigurePeek } from "./figure-peek";
import { ProofPanel } from "./proof-panel";

export type { FigureView } from "@/lib/figures/schema";

const HOVER_MS = 350;

type FigureValueProps = {
  figure: FigureView;
  aligned?: boolean;
  keepZeros?: boolean;
  exact?: boolean;
  /** As a document has it, where that is not how screens write it. */
  written?: string;
};

/**
 * A number on a screen: looks like text with a dotted underline. Hover or `f` shows how it was made, Enter or a click
 * opens its proof. A stale one is struck. `keepZeros` and, where a column has
 * several units, `aligned` keep the decimal points of a column in line. `exact` is for the books: to the last cent.
 */
export function FigureValue({ figure, aligned, keepZeros = false, exact = false, written }: FigureValueProps) {
  const button = useRef<HTMLButtonElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [peeking, setPeeking] = useState(false);
  const [open, setOpen] = useState(false);
  const stop = () => {
    clearTimeout(timer.current);
    setPeeking(false);
  };
  const parts = aligned ? alignedParts(figure) : null;
  const text = parts
    ? parts.whole + parts.fraction + parts.unit
    : written !== undefined
      ? written
      : exact
        ? formatExactFigure(figure)
        : formatFigure(figure, { keepZeros });
  const shown = parts ? <AlignedNumber parts={parts} /> : text;
  const asOf = figure.asOf ? `, as of ${formatDay(figure.asOf.slice(0, 10))}` : "";
  return (
    <>
      <button
        ref={button}
        type="button"
        data-figure={figure.id}
        aria-haspopup="dialog"
        aria-label={`${figure.label}: ${text}${asOf}${figure.stale ? `, stale: ${figure.stale}` : ""}`}
        className="figure-value"
        onPointerEnter={(event) => {
          if (event.pointerType === "mouse") timer.current = setTimeout(() => setPeeking(true), HOVER_MS);
        }}
        onPointerLeave={stop}
        onBlur={stop}
        onKeyDown={(event) => {
          if (event.key === "Escape" && peeking) {
            event.stopPropagation();
            stop();
          }
          if (event.key !== "f" || event.metaKey || event.ctrlKey || event.altKey) return;
          event.preventDefault();
          event.stopPropagation();
          setPeeking((now) => !now);
        }}
        onClick={(event) => {
          event.preventDefault();
          event.stopPropagation();
          stop();
          setOpen(true);
        }}
      >
        {figure.stale ? <s className="text-muted">{shown}</s> : shown}
      </button>
      {peeking && !open ? <FigurePeek figure={figure} anchor={button} /> : null}
      {open ? <ProofPanel figure={figure} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
