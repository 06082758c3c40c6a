import type { Figure, Unit } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import type { ReportBlock } from "../schema";
import { quotedFigures } from "./spans";

/** Where reports say two things of one metric. Pure. */

/** Books of what was paid and to whom: they tell of a day that is over and are corrected by booking, never rewritten. */
const RECORDS = ["distribution-record", "holder-statement", "funds-flow-statement"];
export const isRecord = (kind: string): boolean => RECORDS.includes(kind.split(":")[0] ?? kind);

/** A figure as one report quotes it. */
export type QuotedIn = {
  report: { id: string; kind: string; title: string; version: number; writtenAt: string };
  /** The heading under which it stands first; null above all headings. */
  under: string | null;
  figure: Pick<Figure, "id" | "label" | "unit" | "asOf" | "method" | "inputs" | "value"> & { revision: number };
  /** The newest stored revision of the same question, and what it says. */
  newest: { revision: number; value: string | null };
};

export type Side = QuotedIn["report"] & {
  under: string | null;
  figure: { id: string; revision: number };
  value: string;
  /** It is what the newest revision says. */
  current: boolean;
};

export type Contradiction = {
  /** The metric, its subject and day, and the values: other values are another contradiction. */
  key: string;
  label: string;
  unit: Unit;
  asOf: string;
  /** One for each report and value, the newest report first. */
  sides: Side[];
  /** What the newest revision says, where one of the sides quotes an older one. */
  now: { figure: { id: string; revision: number }; value: string } | null;
};

/** How it was computed, not what of. */
const TECHNIQUE = ["version", "seed", "draws"];

/** What the figure is of: two questions with one subject are two ways to ask the same. */
function subjectOf({ method, label, unit, asOf, inputs }: QuotedIn["figure"]): string {
  const plain = Object.entries(inputs)
    .flatMap(([name, input]) => ("value" in input && !TECHNIQUE.includes(name) ? [[name, input.value]] : []))
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return JSON.stringify([method.split("@")[0], label, unit, asOf, plain]);
}

/** A part in a thousand million: what differs less was computed twice, not said twice. */
const NOISE = new Exact("1e-9");

export function sameValue(a: string, b: string): boolean {
  if (a === b) return true;
  if (!NUMBER.test(a) || !NUMBER.test(b)) return false;
  const [one, other] = [new Exact(a), new Exact(b)];
  return one.minus(other).abs().lte(one.abs().times(NOISE));
}
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

const distinct = (values: readonly string[]): string[] =>
  values.filter((value, index) => !values.slice(0, index).some((one) => sameValue(one, value)));

/**
 * Of the reports of one venture, the newest version of each kind: where one metric of one subject as of one day has two
 * values in two of them, or where one quotes a value that the figure itself no longer has. Unknown is no value.
 */
export function contradictionsIn(quoted: readonly QuotedIn[]): Contradiction[] {
  const living = quoted.filter(({ report, figure }) => !isRecord(report.kind) && figure.value !== null);
  const subjects = Map.groupBy(living, ({ figure }) => subjectOf(figure));
  return [...subjects].flatMap(([subject, all]) => contradictionOf(subject, all) ?? []);
}

function contradictionOf(subject: string, quoted: readonly QuotedIn[]): Contradiction | null {
  const [first] = quoted;
  const sides = quoted.map(sideOf);
  const older = quoted.find(
    ({ figure, newest }) => newest.value !== null && !sameValue(figure.value ?? "", newest.value),
  );
  const reports = new Set(sides.map(({ id }) => id)).size;
  // A report that puts two figures of one subject side by side does so on purpose.
  const apart = reports > 1 && distinct(sides.map(({ value }) => value)).length > 1 && betweenReports(sides);
  if (!first || (!apart && !older)) return null;
  const newest = older?.newest;
  const now =
    older && newest?.value ? { figure: { id: older.figure.id, revision: newest.revision }, value: newest.value } : null;
  const shown = apart ? sides : sides.filter(({ current }) => !current);
  const { label, unit, asOf } = first.figure;
  const values = distinct([...shown.map(({ value }) => value), ...(now ? [now.value] : [])]).toSorted();
  return {
    ...{ key: `${subject} ${values.join(" ")}`, label, unit, asOf, now },
    sides: shown.toSorted((a, b) => (a.writtenAt < b.writtenAt ? 1 : -1)),
  };
}

/** Some value of one report is not among those of another. */
function betweenReports(sides: readonly Side[]): boolean {
  const said = [...Map.groupBy(sides, ({ id }) => id).values()].map((own) => distinct(own.map(({ value }) => value)));
  return said.some((own) => said.some((other) => own.some((value) => !other.some((one) => sameValue(one, value)))));
}

const sideOf = ({ report, under, figure, newest }: QuotedIn): Side => ({
  ...{ ...report, under, figure: { id: figure.id, revision: figure.revision }, value: figure.value ?? "" },
  current: newest.value !== null && sameValue(figure.value ?? "", newest.value),
});

/** Under which heading each quoted figure stands first. */
export function placesOf(blocks: readonly ReportBlock[]): Map<string, string | null> {
  const places = new Map<string, string | null>();
  let heading: string | null = null;
  for (const block of blocks) {
    if (block.kind === "heading") heading = block.text;
    for (const id of quotedFigures(JSON.stringify(block))) if (!places.has(id)) places.set(id, heading);
  }
  return places;
}

/**
 * By the reports that disagree. What one of them quotes wrongly by itself is told with its quarrel, where it has one: for
 * whoever has to write it anew it is one thing. By the kinds in order, joined by "|".
 */
export function quarrels<T extends { sides: readonly { kind: string }[] }>(open: readonly T[]): Map<string, T[]> {
  const kindsOf = ({ sides }: T): string[] => [...new Set(sides.map(({ kind }) => kind))].toSorted();
  const sets = open.map(kindsOf);
  const widest = (kinds: readonly string[]): readonly string[] =>
    sets.find((other) => other.length > kinds.length && kinds.every((kind) => other.includes(kind))) ?? kinds;
  return Map.groupBy(open, (one) => widest(kindsOf(one)).join("|"));
}

/** The reports that may not go out as they are. */
export const heldReports = (open: readonly Contradiction[]): Set<string> =>
  new Set(open.flatMap(({ sides }) => sides.map(({ id }) => id)));
