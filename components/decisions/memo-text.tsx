import { Fragment } from "react";
import { FigureValue, type FigureView } from "@/components/figures/figure-value";

const REFERENCE = /\[\[(fig|name):([^[\]\n]*)\]\]/g;

type Piece = { at: number; text: string; figure: string | null };

/** Text between references, figures by id, names as they are in the data. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(REFERENCE)) {
    if (match.index > from) pieces.push({ at: from, text: text.slice(from, match.index), figure: null });
    const [whole, kind, value = ""] = match;
    pieces.push({ at: match.index, text: kind === "name" ? value : "", figure: kind === "fig" ? value : null });
    from = match.index + whole.length;
  }
  if (from < text.length) pieces.push({ at: from, text: text.slice(from), figure: null });
  return pieces;
}

/** What was written, with each figure as it was when it was quoted. */
export function MemoText({ text, figures }: { text: string; figures: Readonly<Record<string, FigureView>> }) {
  return piecesOf(text).map(({ at, text: plain, figure }) => {
    const view = figure ? figures[figure] : undefined;
    if (!figure) return <Fragment key={at}>{plain}</Fragment>;
    return view ? <FigureValue key={at} figure={view} /> : <span key={at}>unknown</span>;
  });
}
