import { formatDay, formatFigure, formatMoment, formatNearDay } from "@/lib/format";
import type { Tone } from "@/lib/metrics/rules/levels";
import type { DocumentFigure, ReportDocument } from "@/lib/reports/rules/document";
import { type Span, spans } from "@/lib/reports/rules/spans";
import { LIGHT_NAMES, LIGHT_TONES, type LightWord } from "@/lib/reports/rules/weekly/status";
import { weekWords } from "@/lib/reports/rules/weekly/weeks";
import type { WeeklyDocument, WeeklyMetricRow, WeeklyVentureRow } from "@/lib/reports/schema/weekly";
import type { Cell, FlowTable, Piece } from "../pdf/flow";

/** What stands on the page that is forwarded, as pieces of text: the same words as on the screen. */

export const TONE_COLOURS: Readonly<Record<Tone, string>> = {
  critical: "#be2323",
  warning: "#bb7400",
  healthy: "#33854a",
  excellent: "#0070a6",
  unknown: "#55585e",
};
const SHAPES: Readonly<Record<Tone, string>> = {
  critical: "■",
  warning: "▲",
  healthy: "●",
  excellent: "★",
  unknown: "○",
};

export const markOf = (tone: Tone): Piece => ({ text: `${SHAPES[tone]}\u00a0`, colour: TONE_COLOURS[tone] });
export const lightPieces = (light: LightWord): Piece[] => [markOf(LIGHT_TONES[light]), { text: LIGHT_NAMES[light] }];

export type Figures = ReadonlyMap<string, DocumentFigure>;
export const figuresOf = ({ figures }: ReportDocument): Figures =>
  new Map(figures.map((figure) => [figure.id, figure]));

const joined = (text: string): string => text.replace(/[ \u202f]/g, "\u00a0");

/** A figure as the page says it; "–" where none is told, "unknown" where it is. */
export const figureText = (figures: Figures, id: string | null, options: { signed?: boolean } = {}): string => {
  const figure = id ? figures.get(id) : undefined;
  return figure ? joined(formatFigure(figure, options)) : "–";
};

function spanPieces(span: Span, figures: Figures): Piece[] {
  if (span.kind === "figure") return [{ text: figureText(figures, span.id) }];
  if (span.kind === "day") return [{ text: joined(formatDay(span.day)) }];
  if (span.kind === "name") return [{ text: span.name, isolated: true }];
  return [{ text: span.text }];
}
export const pieces = (text: string, figures: Figures): Piece[] =>
  spans(text).flatMap((span) => spanPieces(span, figures));

export const periodText = ({ startsOn, endsOn }: WeeklyDocument): string =>
  `${formatDay(startsOn, "short")} to ${formatDay(endsOn)}`;

/** "Written 23 Nov 2026, 00:05 (Europe/Zurich), revision 1": what a preview is not. */
export const edition = ({ writtenAt, timeZone }: WeeklyDocument, revision: number): string => {
  const at = `${formatMoment(new Date(writtenAt), timeZone)} (${timeZone})`;
  return revision === 0 ? `PREVIEW of ${at}: the week is not over` : `Revision ${revision}, written ${at}`;
};

export const weekLine = (document: WeeklyDocument): string => {
  const words = weekWords(document.week);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} · ${periodText(document)}`;
};

export function lastWeek({ front: { light } }: WeeklyDocument): string {
  return light.last ? `Last week: ${LIGHT_NAMES[light.last.light].toLowerCase()}` : "No report of the week before";
}

const plain = (text: string): Cell => [{ text }];
const levelled = (level: WeeklyMetricRow["level"]): Cell =>
  level ? [markOf(level.tone), { text: level.word }] : plain("");

export function decisionTable(document: WeeklyDocument, figures: Figures, venture: boolean): FlowTable {
  const columns = [
    { label: "Decide", numeric: false },
    ...(venture ? [{ label: "Venture", numeric: false }] : []),
    ...[
      { label: "Due", numeric: false },
      { label: "At stake", numeric: true },
      { label: "Undo", numeric: false },
    ],
  ];
  const rows = document.front.decisions.map((one): Cell[] => [
    plain(one.title),
    ...(venture ? [plain(one.venture)] : []),
    one.overdue
      ? [{ text: "overdue", role: "strong", colour: TONE_COLOURS.critical }]
      : plain(joined(formatNearDay(one.dueOn, document.endsOn))),
    plain(figureText(figures, one.stake)),
    plain(one.reversible ? "yes" : "no"),
  ]);
  return { kind: "table", caption: null, title: "Decisions needed", columns, rows };
}

const changeText = ({ change, points }: WeeklyMetricRow, figures: Figures): string =>
  change ? `${figureText(figures, change, { signed: true })}${points ? "\u00a0pts" : ""}` : "–";

function metricTable(rows: readonly WeeklyMetricRow[], figures: Figures): FlowTable {
  return {
    ...{ kind: "table", caption: null, title: "Metrics" },
    columns: [
      { label: "Measure", numeric: false },
      { label: "Actual", numeric: true },
      { label: "Level", numeric: false },
      { label: "Plan", numeric: true },
      { label: "Month before", numeric: true },
      { label: "Change", numeric: true },
      { label: "As of", numeric: false },
    ],
    rows: rows.map((row) => [
      plain(row.label),
      [{ text: figureText(figures, row.actual), role: "strong" }],
      levelled(row.level),
      plain(figureText(figures, row.plan)),
      plain(figureText(figures, row.prior)),
      plain(changeText(row, figures)),
      plain(joined(formatDay(row.asOf, "short"))),
    ]),
  };
}

const measured = (of: WeeklyVentureRow["growth"], figures: Figures): Cell =>
  of
    ? [
        ...(of.level && of.level.tone !== "unknown" ? [markOf(of.level.tone)] : []),
        { text: figureText(figures, of.figure) },
      ]
    : plain("–");

function ventureTable(rows: readonly WeeklyVentureRow[], figures: Figures): FlowTable {
  return {
    ...{ kind: "table", caption: null, title: "Ventures" },
    columns: [
      { label: "Venture", numeric: false },
      { label: "Light", numeric: false },
      { label: "Before", numeric: false },
      { label: "Growth", numeric: true },
      { label: "Runway", numeric: true },
      { label: "Readiness", numeric: true },
      { label: "Value", numeric: true },
      { label: "Stage", numeric: false },
    ],
    rows: rows.map((row) => [
      [{ text: row.name, role: "strong" }],
      lightPieces(row.light),
      row.last ? lightPieces(row.last) : plain("–"),
      ...[row.growth, row.runway, row.readiness].map((one) => measured(one, figures)),
      plain(figureText(figures, row.value)),
      plain(row.stage),
    ]),
  };
}

export const mainTable = ({ front: { table } }: WeeklyDocument, figures: Figures): FlowTable =>
  table.kind === "metrics" ? metricTable(table.rows, figures) : ventureTable(table.rows, figures);

/** All pieces of a table, for the fonts. */
export const piecesOf = ({ rows, columns }: FlowTable): Piece[] => [
  ...columns.map(({ label }): Piece => ({ text: label, role: "strong" })),
  ...rows.flat(2),
];
