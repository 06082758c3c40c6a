import { Fragment } from "react";
import { FigureValue, type FigureView } from "@/components/figures/figure-value";
import { formatDay } from "@/lib/format";
import { type Span, spans } from "@/lib/reports/rules/spans";

export type WeeklyFigures = Readonly<Record<string, FigureView>>;

/** A figure as it was quoted; "–" where none is told. */
export function Quoted({ id, figures }: { id: string | null; figures: WeeklyFigures }) {
  const figure = id ? figures[id] : undefined;
  return figure ? <FigureValue figure={figure} /> : <span className="text-muted">{id ? "unknown" : "–"}</span>;
}

function piece(span: Span, figures: WeeklyFigures) {
  if (span.kind === "figure") return <Quoted id={span.id} figures={figures} />;
  if (span.kind === "day") return <span className="whitespace-nowrap">{formatDay(span.day)}</span>;
  return span.kind === "name" ? span.name : span.text;
}

/** A sentence of the page: names as they are, each number opens to its proof. */
export function WeeklyText({ text, figures }: { text: string; figures: WeeklyFigures }) {
  return spans(text).map((span, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a stored sentence never changes
    <Fragment key={index}>{piece(span, figures)}</Fragment>
  ));
}
