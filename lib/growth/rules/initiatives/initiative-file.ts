import { ok, type Result, refuse } from "@/lib/errors";
import { parseDay, possibleOrders } from "@/lib/imports/rules/dates";
import type { DateOrder } from "@/lib/imports/schema";
import { findMetric, findMetricByName, METRICS } from "@/lib/metrics/schema";
import {
  INITIATIVE_COLUMN_LABELS,
  INITIATIVE_COLUMN_NAMES,
  INITIATIVE_COLUMNS,
  type InitiativeColumn,
  type InitiativeLine,
  type InitiativeTarget,
  REQUIRED_COLUMNS,
} from "../../schema/initiative-file";
import { type AdoptInitiative, adoptInitiativeSchema } from "../../schema/initiatives";

export type FileRow = { rowNumber: number; cells: readonly string[] };
export type FilePerson = { id: string; name: string; email: string };
export type FileContext = { ventureId: string; importKey: string; today: string; people: readonly FilePerson[] };
export type ReadLine = InitiativeLine & { input: AdoptInitiative | null };

const MOST_ROWS = 500;
const DATED_COLUMNS: readonly InitiativeColumn[] = ["startedOn", "reviewOn", "milestones"];
const plain = (text: string): string =>
  text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const columnOf = (header: string): InitiativeColumn | undefined =>
  INITIATIVE_COLUMN_NAMES.find((name) => plain(name) === plain(header)) ??
  INITIATIVE_COLUMN_NAMES.find((name) => INITIATIVE_COLUMNS[name].split("|").includes(plain(header)));

const DAY = String.raw`\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}([-/.])\d{1,2}[-/.]\d{2,4}`;
const DAYS = new RegExp(DAY, "g");
const DATED = new RegExp(
  `^(.*?)[\\s,:@–-]*(?<due>${DAY})(?:[\\s,]*(?<done>done)(?:\\s+(?:on\\s+)?(?<on>${DAY}))?)?$`,
  "i",
);

/** How the file writes 03/04/2026, where all its days together leave one way; null where they do not say. */
function orderOf(cells: readonly string[]): DateOrder | null {
  const said = cells.flatMap((cell) => [...cell.matchAll(DAYS)].flatMap(([day]) => (possibleOrders(day) ? [day] : [])));
  const left = (["dmy", "mdy", "ymd"] as const).filter((order) =>
    said.every((day) => possibleOrders(day)?.includes(order)),
  );
  return left.length === 1 ? (left[0] ?? null) : null;
}

/** A day as the product writes it; what is none stays as it stands, so that it is refused by name. */
const dayOf = (text: string, order: DateOrder | null): string => parseDay(text, order) ?? text;

/** "Interview customers 2026-03-01 done 2026-02-27; Offer sent 1.5.2026": each a milestone with the one task that reaches it. */
function milestonesOf(text: string, order: DateOrder | null): AdoptInitiative["milestones"] | null {
  const parts = text.split(/[;\n]+/).map((part) => part.trim());
  const milestones = parts.filter(Boolean).map((part) => {
    const found = DATED.exec(part);
    const { due = "", done, on } = found?.groups ?? {};
    const [title, dueOn] = [(found?.[1] ?? "").trim(), dayOf(due, order)];
    return { title, dueOn, tasks: [{ title, dueOn, doneOn: done ? dayOf(on ?? due, order) : null }] };
  });
  return milestones.length > 0 && milestones.every(({ title, dueOn }) => title && dueOn) ? milestones : null;
}

/** The first review that is still to come, or the last one. */
function reviewOf(text: string, today: string, order: DateOrder | null): string {
  const days = text
    .split(/[;\n]+/)
    .flatMap((part) => (parseDay(part, order) ? [part] : part.split(/[,\s]+/)))
    .filter(Boolean)
    .map((day) => dayOf(day, order))
    .sort();
  return days.find((day) => day >= today) ?? days.at(-1) ?? "";
}

function metricOf(text: string): string | null {
  const named = METRICS.find(({ name }) => plain(name) === plain(text));
  return (findMetric(plain(text).replaceAll(" ", "_")) ?? findMetricByName(text) ?? named)?.key ?? null;
}

function ownerOf(text: string, people: readonly FilePerson[]): string | null {
  const wanted = text.trim().toLowerCase();
  const found = people.filter(({ name, email }) => name.toLowerCase() === wanted || email.toLowerCase() === wanted);
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

const number = (text: string): string => text.replace(/[\s\u00a0\u202f']/g, "");

function inputOf(
  cells: ReadonlyMap<InitiativeColumn, string>,
  { order, ...context }: FileContext & { order: DateOrder | null },
  problems: InitiativeLine["problems"][number][],
) {
  const at = (column: InitiativeColumn): string => cells.get(column) ?? "";
  const wrong = (column: string, expected: string) => problems.push({ column, expected });
  for (const column of REQUIRED_COLUMNS) if (at(column) === "") wrong(column, "a value");
  const metric = metricOf(at("metric"));
  if (at("metric") && !metric) wrong("metric", "a metric of the dictionary");
  const ownerId = ownerOf(at("owner"), context.people);
  if (at("owner") && !ownerId) wrong("owner", "the name or e-mail address of one person who sees the venture");
  const milestones = milestonesOf(at("milestones"), order);
  if (at("milestones") && !milestones)
    wrong("milestones", "each with its day, as in: Offer sent 2026-05-01; Decided 2026-06-01");
  const startedOn = dayOf(at("startedOn"), order);
  if (startedOn > context.today) wrong("startedOn", "a day that has come");
  const given = {
    ...{
      ventureId: context.ventureId,
      importKey: context.importKey,
      title: at("title"),
      metric: metric ?? "",
      ownerId: ownerId ?? "",
    },
    ...{ lever: at("lever") || at("title"), ownerRole: at("ownerRole") || "Owner", budget: number(at("budget")) },
    ...{ baseline: number(at("baseline")) || null, target: number(at("target")) || null },
    ...{ startedOn, reviewOn: reviewOf(at("reviewOn"), context.today, order) },
    ...{ stopRule: at("stopRule") || "None was told.", milestones: milestones ?? [], spends: [] },
  };
  const read = adoptInitiativeSchema.safeParse(given);
  const said = new Set(problems.map(({ column }) => column));
  for (const { path, message } of read.error?.issues ?? []) {
    const column = path[0] === "ownerId" ? "owner" : String(path[0] ?? "row");
    if (!said.has(column)) wrong(column, message);
  }
  return problems.length === 0 ? given : null;
}

/** What each header is taken for: each column of an initiative once, for the first header that says it. */
export function suggestTargets(headers: readonly string[]): InitiativeTarget[] {
  const used = new Set<InitiativeColumn>();
  return headers.map((header) => {
    const column = columnOf(header);
    if (!column || used.has(column)) return "";
    used.add(column);
    return column;
  });
}

/** The same headers in the same order, whatever their case and punctuation. */
export const headerKey = (headers: readonly string[]): string => JSON.stringify(headers.map(plain));

/** What is asked for and stands in no column, or in two. */
export function targetProblems(targets: readonly InitiativeTarget[]): string[] {
  const of = (column: InitiativeColumn) => targets.filter((target) => target === column).length;
  return [
    ...REQUIRED_COLUMNS.filter((column) => of(column) === 0).map(
      (column) => `${INITIATIVE_COLUMN_LABELS[column]}: say which column it is`,
    ),
    ...INITIATIVE_COLUMN_NAMES.filter((column) => of(column) > 1).map(
      (column) => `${INITIATIVE_COLUMN_LABELS[column]}: one column only`,
    ),
  ];
}

/**
 * The rows of a file of initiatives, each taken over, held already (by its title), or rejected with every reason. Days are
 * read as written: a file whose 03/04/2026 can be two days says so row by row. Amounts are in the venture's currency. A file without the columns that are needed is refused as a whole.
 */
export function readInitiativeFile(
  rows: readonly FileRow[],
  known: ReadonlySet<string>,
  context: FileContext,
  given: readonly InitiativeTarget[] | null = null,
): Result<ReadLine[], "INVALID_INPUT"> {
  const [head, ...body] = rows;
  const columns = given ?? suggestTargets(head?.cells ?? []);
  const unclear = targetProblems(columns);
  if (unclear.length > 0)
    return refuse(
      "INVALID_INPUT",
      unclear.map((expected) => ({ path: "columns", expected })),
    );
  if (body.length > MOST_ROWS)
    return refuse("INVALID_INPUT", [{ path: "file", expected: `at most ${MOST_ROWS} rows` }]);
  const titles = new Set<string>();
  const dated = columns.flatMap((column, index) => (column && DATED_COLUMNS.includes(column) ? [index] : []));
  const order = orderOf(body.flatMap(({ cells }) => dated.map((index) => cells[index] ?? "")));
  const lines = body.map(({ rowNumber, cells }): ReadLine => {
    const byColumn = new Map(
      columns.flatMap((column, index) => (column ? [[column, (cells[index] ?? "").trim()] as const] : [])),
    );
    const title = byColumn.get("title") ?? "";
    if (known.has(title)) return { rowNumber, title, state: "known", problems: [], input: null };
    const problems: InitiativeLine["problems"][number][] = [];
    if (titles.has(title)) problems.push({ column: "title", expected: "another title: the file has this one twice" });
    titles.add(title);
    const input = inputOf(byColumn, { ...context, order }, problems);
    return { rowNumber, title, state: input ? "new" : "rejected", problems, input };
  });
  return lines.length > 0
    ? ok(lines)
    : refuse("INVALID_INPUT", [{ path: "row 2", expected: "at least one initiative" }]);
}
