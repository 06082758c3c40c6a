import type { PassThrough } from "node:stream";
import type {
  DocumentBlock,
  DocumentCell,
  DocumentFigure,
  DocumentTable,
  ReportDocument,
} from "@/lib/reports/rules/document";
import type { ExportCell, ExportSheet } from "@/lib/reports/rules/export-table";
import { bylineText, cellText, exactText, figureOfCell, inlineText, linkText, sourcesText } from "./document-text";
import { modelNote, modelSheets } from "./xlsx-model";
import { xlsxStream } from "./xlsx-write";

const figureCell = (figure: DocumentFigure): ExportCell =>
  figure.value === null || figure.unit === "text" ? exactText(figure) : { number: figure.value, unit: figure.unit };

function typed(cell: DocumentCell): ExportCell {
  if (cell.kind === "empty") return null;
  if (cell.kind === "day") return { day: cell.day };
  const figure = figureOfCell(cell);
  return figure ? figureCell(figure) : cellText(cell);
}

function lines(block: DocumentBlock): ExportCell[][] {
  switch (block.kind) {
    case "heading":
      return [[inlineText(block.content)]];
    case "paragraph":
      return [[inlineText(block.content)]];
    case "link":
      return [[linkText(block)]];
    case "list":
      return block.items.map((item, index) => [`${block.ordered ? `${index + 1}.` : "•"} ${inlineText(item)}`]);
    case "table":
      return [[`${block.caption}: on its own sheet`]];
    case "chart":
      return [[`${block.title}: on its own sheet`]];
    case "model":
      return [[modelNote(block.title)]];
    case "page-break":
      return [];
  }
}

const tableSheet = ({ caption, columns, rows }: DocumentTable): ExportSheet => ({
  title: caption,
  columns: columns.map(({ label, numeric }) => ({ label, width: numeric ? 18 : 32 })),
  rows: rows.map((row) => row.map(typed)),
});

/** The sheets that a block fills: a table or chart one, a model three, words none. */
export function sheetsOfBlock(block: DocumentBlock): ExportSheet[] {
  if (block.kind === "model") return modelSheets(block);
  if (block.kind === "table") return [tableSheet(block)];
  if (block.kind !== "chart") return [];
  const rows = block.points.map(({ month, value, figure = null }): ExportCell[] => [
    { day: `${month.slice(0, 7)}-01` },
    value === null ? null : { number: value, unit: block.unit },
    figure,
  ]);
  return [
    {
      title: block.title,
      columns: [
        { label: "Month", width: 12 },
        { label: block.title, width: 24 },
        { label: "Figure", width: 20 },
      ],
      rows,
    },
  ];
}

const FIGURE_COLUMNS = [
  { label: "Number", width: 8 },
  { label: "Label", width: 40 },
  { label: "Value", width: 20 },
  { label: "Unit", width: 8 },
  { label: "As of", width: 12 },
  { label: "Figure", width: 20 },
  { label: "Revision", width: 9 },
  { label: "Formula", width: 60 },
  { label: "Sources", width: 60 },
];

const figureRow = (figure: DocumentFigure): ExportCell[] => [
  { number: String(figure.number) },
  figure.label,
  figureCell(figure),
  figure.unit,
  { day: figure.asOf },
  figure.id,
  { number: String(figure.revision) },
  figure.formula,
  sourcesText(figure),
];

/** Every figure with its proof. */
export const figuresSheet = ({ figures }: Pick<ReportDocument, "figures">): ExportSheet => ({
  title: "Figures",
  columns: FIGURE_COLUMNS,
  rows: figures.map(figureRow),
});

/** The words on one sheet, each table and chart on its own with typed cells, the figures with their proof on the last. */
export function xlsxDocument(document: ReportDocument): PassThrough {
  const about: ExportCell[][] = [
    [document.title],
    [`${document.venture} · ${document.kindName} · version ${document.version}`],
    [bylineText(document)],
    [document.id],
  ];
  const sheets: ExportSheet[] = [
    { title: "Report", columns: [{ label: "Text", width: 110 }], rows: [...about, ...document.blocks.flatMap(lines)] },
    ...document.blocks.flatMap(sheetsOfBlock),
    figuresSheet(document),
  ];
  return xlsxStream({ title: document.title, createdAt: new Date(document.storedAt) }, sheets);
}
