import { REASON_SENTENCES } from "@/lib/figures/schema";
import type { ReportBlock } from "../../schema";
import type { Num } from "./facts";

/** The blocks that every section of the appendix is made of. */

export const heading = (text: string, level = 2): ReportBlock => ({ kind: "heading", level, text });
export const say = (text: string): ReportBlock => ({ kind: "paragraph", text });
export const bullets = (items: readonly string[]): ReportBlock => ({ kind: "list", ordered: false, items: [...items] });

/** Text of data is said as it is and can hold no reference of its own. */
export const asData = (text: string): string => text.replace(/\[(?=\[)/g, "[ ").replace(/\*(?=\*)/g, "* ");

export const quote = (figure: Num | null | undefined, without = "–"): string =>
  figure ? `[[fig:${figure.id}]]` : without;
export const whyUnknown = ({ value, reason }: Num): string =>
  value !== null ? "" : (REASON_SENTENCES[reason ?? ""] ?? "Unknown.");

type Column = { label: string; numeric?: boolean };
export const text = (label: string): Column => ({ label });
export const number = (label: string): Column => ({ label, numeric: true });

/** A column in which no row says anything is left out; the first names the rows and stays. */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly string[])[]): ReportBlock {
  const said = columns.map((_, index) => index === 0 || rows.some((row) => row[index] !== "" && row[index] !== "–"));
  return {
    ...{ kind: "table", caption },
    columns: columns.filter((_, index) => said[index]).map(({ label, numeric = false }) => ({ label, numeric })),
    rows: rows.map((row) => row.filter((_, index) => said[index])),
  };
}

type Strip = { caption: string; head: string; row: string; figures: readonly { label: string; figure: Num }[] };

/** A few figures side by side: their names are the heads. */
export const strip = ({ caption, head, row, figures }: Strip): ReportBlock =>
  table(
    caption,
    [text(head), ...figures.map(({ label }) => number(label))],
    [[row, ...figures.map(({ figure }) => quote(figure))]],
  );

/** A table, or a sentence where it would have no row. */
export const tableOr = (
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  none: string,
): ReportBlock => (rows.length > 0 ? table(caption, columns, rows) : say(none));

/** As the beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
