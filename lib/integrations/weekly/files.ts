import "server-only";
import { buffer } from "node:stream/consumers";
import type { ReportDocument } from "@/lib/reports/rules/document";
import type { ExportSheet } from "@/lib/reports/rules/export-table";
import { spans } from "@/lib/reports/rules/spans";
import type { WeeklyFacts } from "@/lib/reports/rules/weekly/facts";
import { weeklyBook } from "@/lib/reports/rules/weekly/workbook";
import type { WeeklyDocument, WeeklyFormat } from "@/lib/reports/schema/weekly";
import { inlineText } from "../document-text";

/** A week's report as its four files. The heavy writers are loaded when one is written. */

export type WeeklyIssue = { document: WeeklyDocument; report: ReportDocument; facts: WeeklyFacts; hash: string };

async function pdfOf({ document, report, hash }: WeeklyIssue): Promise<Buffer> {
  const [{ writePdf }, { flowOfBlocks }, { frontPage }] = await Promise.all([
    import("../pdf/write"),
    import("../pdf-document"),
    import("./front-drawing"),
  ]);
  const issue = report.version === 0 ? "preview" : `revision ${report.version}`;
  const info = {
    ...{ title: `${document.title} (${issue})`, author: document.writtenBy, subject: report.kindName },
    ...{ keywords: hash, at: new Date(document.writtenAt) },
  };
  // The page says the bottom line; the appendix begins after it.
  const appendix = { ...report, blocks: report.blocks.slice(BOTTOM_LINE_BLOCKS) };
  const running = `${report.version === 0 ? "PREVIEW · " : ""}${document.title} · ${issue}`;
  return writePdf([...frontPage(document, report, hash), ...flowOfBlocks(appendix)], info, running);
}

/** Heading, headline and sentences, as blocksOfWeekly puts them first. */
const BOTTOM_LINE_BLOCKS = 3;

const plainLine = (report: ReportDocument) => {
  const byId = new Map(report.figures.map((figure) => [figure.id, figure]));
  return (text: string): string =>
    inlineText(
      spans(text).map((span) =>
        span.kind === "figure" ? { kind: "figure", figure: byId.get(span.id) ?? null } : span,
      ),
    );
};

async function xlsxOf({ document, report, facts }: WeeklyIssue): Promise<Buffer> {
  const { weeklyWorkbook } = await import("./workbook");
  const lead = [document.front.headline, ...document.front.lead].map(plainLine(report));
  return weeklyWorkbook(
    weeklyBook({ document, facts, figures: report.figures, lead, revision: report.version }),
    report,
  );
}

async function markdownOf({ report }: WeeklyIssue): Promise<Buffer> {
  const { markdownDocument } = await import("../markdown-document");
  return Buffer.from(markdownDocument(report));
}

const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 50);

async function csvOf(sheet: ExportSheet): Promise<string> {
  const { csvChunks } = await import("../csv-write");
  const parts: string[] = [];
  for await (const chunk of csvChunks(sheet)) parts.push(chunk);
  return parts.join("");
}

/** Each table as a CSV file in the order of the report; times and order are fixed, so the same tables are the same bytes. */
async function zipOf({ report }: WeeklyIssue): Promise<Buffer> {
  const [{ sheetsOfBlock, figuresSheet }, { archiveStream }] = await Promise.all([
    import("../xlsx-document"),
    import("../documents/archive-stream"),
  ]);
  const sheets = [...report.blocks.flatMap(sheetsOfBlock), figuresSheet(report)];
  const tables = await Promise.all(
    sheets.map(async (sheet, index) => ({
      path: `${String(index + 1).padStart(2, "0")}-${slugOf(sheet.title)}.csv`,
      text: await csvOf(sheet),
    })),
  );
  return buffer(archiveStream([], tables));
}

const WRITERS: Readonly<Record<WeeklyFormat, (issue: WeeklyIssue) => Promise<Buffer>>> = {
  pdf: pdfOf,
  xlsx: xlsxOf,
  md: markdownOf,
  csv: zipOf,
};

export const weeklyFile = (issue: WeeklyIssue, format: WeeklyFormat): Promise<Buffer> => WRITERS[format](issue);

export const WEEKLY_TYPES: Readonly<Record<WeeklyFormat, string>> = {
  pdf: "application/pdf",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  md: "text/markdown; charset=utf-8",
  csv: "application/zip",
};
