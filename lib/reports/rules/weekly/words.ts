import { formatDay, formatFigure } from "@/lib/format";
import { spans } from "../spans";

type Said = { id: string; value: string | null; unit: string; reason?: string | null };

/** A text with its figures, days and names in plain words. */
export function plainWords(text: string, figures: readonly Said[]): string {
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  return spans(text)
    .map((span) => {
      if (span.kind === "figure") {
        const figure = byId.get(span.id);
        return figure ? formatFigure({ ...figure, reason: figure.reason ?? null }) : "unknown";
      }
      if (span.kind === "day") return formatDay(span.day);
      return span.kind === "name" ? span.name : span.text;
    })
    .join("");
}
