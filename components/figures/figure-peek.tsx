"use client";

import { useQuery } from "@tanstack/react-query";
import { Popover } from "radix-ui";
import type { RefObject } from "react";
import { FLOAT_STYLE } from "@/components/ui/float-style";
import { type FigureView, REASON_SENTENCES } from "@/lib/figures/schema";
import { formatDay, formatFigure } from "@/lib/format";
import { proofQuery } from "./fetch-proof";
import { preciseFigure } from "./precise-figure";

const SHOWN_INPUTS = 5;

/** Formula, inputs and date of a figure, beside it; the focus stays where it is. */
export function FigurePeek({ figure, anchor }: { figure: FigureView; anchor: RefObject<HTMLButtonElement | null> }) {
  const { data: proof, isError } = useQuery({
    ...proofQuery(figure.id, figure.revision),
    // Nothing is stored yet of a number that nobody has opened.
    enabled: figure.revision > 0,
  });
  const figures = proof?.inputs.filter((input) => input.figure) ?? [];
  return (
    <Popover.Root open>
      <Popover.Anchor virtualRef={anchor as RefObject<HTMLButtonElement>} />
      <Popover.Portal>
        <Popover.Content
          role="tooltip"
          sideOffset={6}
          collisionPadding={8}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className={`${FLOAT_STYLE} pointer-events-none grid w-80 gap-1.5 px-3 py-2 text-sm`}
        >
          <p className="flex items-baseline justify-between gap-3">
            <span className="font-medium">{figure.label}</span>
            <span className="whitespace-nowrap">{preciseFigure(figure)}</span>
          </p>
          {figure.value === null && figure.reason ? <p>{REASON_SENTENCES[figure.reason] ?? figure.reason}</p> : null}
          {figure.stale ? <p className="text-critical-text">Stale: {figure.stale}.</p> : null}
          {proof ? <p className="text-muted">{proof.formula}</p> : null}
          {isError ? <p className="text-muted">The proof cannot be read right now.</p> : null}
          {figures.slice(0, SHOWN_INPUTS).map(({ name, label, figure: input }) => (
            <p key={name} className="flex justify-between gap-3">
              <span className="text-muted">{label}</span>
              <span>{input ? formatFigure(input) : ""}</span>
            </p>
          ))}
          <p className="text-xs text-muted">
            {figure.asOf ? `as of ${formatDay(figure.asOf.slice(0, 10))} · ` : ""}Enter opens the proof
          </p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
