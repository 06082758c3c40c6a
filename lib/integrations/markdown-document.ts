import { formatDay, formatMoment } from "@/lib/format";
import type {
  DocumentBlock,
  DocumentFigure,
  DocumentTable,
  Inline,
  ReportDocument,
} from "@/lib/reports/rules/document";
import { exactText, figureText, pointText, referenceText, sourcesText, withDays } from "./document-text";
import { modelNote } from "./xlsx-model";

/** Between the parts of an address it keeps a renderer from making a link of it; nobody sees it. */
const WORD_JOINER = "\u2060";

/** Any text as text: nothing in it is markup, HTML, or an address that a renderer would turn into a link. */
export function markdownText(text: string): string {
  return text
    .replace(/[\t\n\v\f\r \u2028\u2029]+/g, " ")
    .replace(/[\\`*_[\]<>|~#$&^{}!]/g, "\\$&")
    .replace(/:(?=\/\/|\S+@)/g, `:${WORD_JOINER}`)
    .replace(/@(?=\w)/g, `@${WORD_JOINER}`)
    .replace(/\b(www)\./gi, `$1${WORD_JOINER}.`)
    .replace(/^(\s*)([-+=])/, "$1\\$2")
    .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, "$1\\$2");
}

const value = (figure: DocumentFigure): string => markdownText(figureText(figure));
const reference = (figure: DocumentFigure): string => `${value(figure)}[^${figure.number}]`;

const inline = (content: readonly Inline[]): string =>
  content
    .map((piece) => {
      if (piece.kind === "figure") return piece.figure ? reference(piece.figure) : "unknown";
      if (piece.kind === "day") return formatDay(piece.day);
      if (piece.kind === "strong") return `**${markdownText(piece.text).trim()}**`;
      if (piece.kind === "name") return `“${markdownText(piece.name)}”`;
      return markdownSpan(piece.text);
    })
    .join("");

/** Escaping trims nothing: the blanks at a span's ends stand between it and its neighbours. */
const markdownSpan = (text: string): string => {
  const [lead = "", body = "", tail = ""] = /^(\s*)(.*?)(\s*)$/s.exec(text)?.slice(1) ?? [];
  return `${lead ? " " : ""}${markdownText(body)}${tail ? " " : ""}`;
};

function tableLines({ caption, captioned, columns, rows }: DocumentTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const cells = rows.map((row) =>
    row.map((cell) => (cell.kind === "empty" ? "" : cell.kind === "day" ? formatDay(cell.day) : inline(cell.content))),
  );
  return [
    ...(captioned ? [`**${markdownText(caption)}**`, ""] : []),
    line(columns.map(({ label }) => markdownText(label))),
    line(columns.map(({ numeric }) => (numeric ? "---:" : "---"))),
    ...cells.map(line),
  ].join("\n");
}

function block(one: DocumentBlock): string {
  switch (one.kind) {
    case "heading":
      return `${"#".repeat(Math.min(6, one.level + 1))} ${inline(one.content)}`;
    case "paragraph":
      return inline(one.content);
    case "link":
      return `${markdownText(one.text)}: \`${one.href}\``;
    case "list":
      return one.items.map((item, index) => `${one.ordered ? `${index + 1}.` : "-"} ${inline(item)}`).join("\n");
    case "table":
      return tableLines(one);
    case "chart":
      return [
        `**${markdownText(one.title)}**`,
        "",
        "| Month | Value | Figure |",
        "| --- | ---: | --- |",
        ...one.points.map(
          ({ month, value: point, figure = "" }) =>
            `| ${markdownText(month)} | ${markdownText(pointText(point, one.unit))} | ${markdownText(figure)} |`,
        ),
      ].join("\n");
    case "model":
      return markdownText(modelNote(one.title));
    case "page-break":
      return "---";
  }
}

const note = (figure: DocumentFigure): string =>
  [
    `[^${figure.number}]: **${markdownText(figure.label)}**: ${value(figure)} (exactly ${markdownText(exactText(figure))}),`,
    `as of ${formatDay(figure.asOf)}. Formula: ${markdownText(withDays(figure.formula))}.`,
    `Sources: ${markdownText(sourcesText(figure))}. Figure ${referenceText(figure)}.`,
  ].join(" ");

/** The document as GitHub-flavoured Markdown; its figures are footnotes with formula, sources and id. */
export function markdownDocument(document: ReportDocument): string {
  const head = [
    `# ${markdownText(document.title)}`,
    [
      markdownText(document.venture),
      markdownText(document.kindName),
      `version ${document.version}`,
      `stored ${formatMoment(new Date(document.storedAt), "UTC")} UTC`,
      document.asOf ? `as of ${formatDay(document.asOf)}` : null,
      `by ${markdownText(document.writtenBy)}`,
    ]
      .filter(Boolean)
      .join(" · "),
  ];
  const notes = document.figures.length > 0 ? ["## Figures", document.figures.map(note).join("\n")] : [];
  return `${[...head, ...document.blocks.map(block), ...notes].join("\n\n")}\n`;
}
