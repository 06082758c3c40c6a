import { FIT_CRITERIA } from "@/lib/buyers/schema";
import { TERMS, type TermKind } from "@/lib/deals/rules/terms";
import type { ImportKind } from "../schema";
import type { Fact } from "./row";

type Column = { readonly name: string; readonly type: string };

/** Where the rows of a kind live: natural key within venture and source, and the values that may change. */
export type FactTable = {
  readonly table: string;
  readonly key: readonly Column[];
  readonly values: readonly Column[];
  /** Kept with a new or changed row; a difference in them alone is no change. */
  readonly extra?: readonly Column[];
  /** SQL over one of its rows: the data set that the row belongs to. */
  readonly dataset: string;
};

const text = (name: string): Column => ({ name, type: "text" });
const date = (name: string): Column => ({ name, type: "date" });

const TERM_TYPES: Readonly<Partial<Record<TermKind, string>>> = {
  ...{ money: "numeric(24,4)", ratio: "numeric(9,6)", months: "integer", days: "integer", day: "date" },
};

export const FACT_TABLES: Readonly<Record<ImportKind, FactTable>> = {
  metrics: {
    table: "metric_point",
    key: [text("metric"), { name: "basis", type: '"MetricBasis"' }, text("grain"), date("periodStart")],
    values: [{ name: "value", type: "numeric(38,10)" }, text("currency")],
    dataset: `'metric:' || "metric"`,
  },
  customers: {
    table: "customer",
    key: [text("externalId")],
    values: [text("name"), text("segment"), text("country"), text("channel"), date("startedOn")],
    dataset: "'customers'",
  },
  subscriptions: {
    table: "subscription",
    key: [text("externalId")],
    values: [
      text("customerExternalId"),
      text("plan"),
      date("startOn"),
      date("endOn"),
      { name: "amountMinor", type: "bigint" },
      text("currency"),
      text("interval"),
      { name: "quantity", type: "numeric(20,6)" },
    ],
    dataset: "'subscriptions'",
  },
  invoices: {
    table: "invoice",
    key: [text("externalId")],
    values: [
      text("customerExternalId"),
      date("issuedOn"),
      date("periodStart"),
      date("periodEnd"),
      { name: "amountMinor", type: "bigint" },
      text("currency"),
      text("kind"),
      text("status"),
    ],
    extra: [{ name: "lines", type: "jsonb" }],
    dataset: "'invoices'",
  },
  buyers: {
    table: "buyer_listing",
    key: [text("nameKey")],
    values: [
      ...[text("name"), text("kind"), text("country"), text("website"), text("sectors"), text("currency")],
      ...["cash", "debt", "ebitda"].map((name) => ({ name, type: "numeric(24,4)" })),
      ...[{ name: "deals36m", type: "integer" }, date("factsAsOf"), text("factsSource")],
      ...FIT_CRITERIA.flatMap((criterion) => [
        { name: `${criterion}Score`, type: "integer" },
        ...[text(`${criterion}Claim`), text(`${criterion}Tier`)],
      ]),
    ],
    dataset: "'buyer-list'",
  },
  comparables: {
    table: "comparable_listing",
    key: [text("kind"), text("name"), text("metric"), date("date"), text("source")],
    values: [{ name: "multiple", type: "numeric(20,8)" }],
    dataset: "'comparables'",
  },
  offers: {
    table: "offer_listing",
    key: [text("bidderKey"), text("title")],
    values: [
      ...[text("bidder"), date("dated"), text("writtenIn"), text("note")],
      ...TERMS.map(({ key, kind }) => ({ name: key, type: TERM_TYPES[kind] ?? "text" })),
    ],
    dataset: "'offer-list'",
  },
  checklist: {
    table: "checklist_listing",
    key: [text("bidderKey"), text("titleKey")],
    values: [
      ...[text("bidder"), text("title"), text("group"), text("party"), text("person"), date("dueOn")],
      ...[{ name: "days", type: "integer" }, text("condition"), text("after")],
    ],
    dataset: "'checklist'",
  },
  rates: {
    table: "fx_rate",
    key: [text("base"), text("quote"), date("day")],
    values: [{ name: "rate", type: "numeric(24,12)" }, text("source")],
    dataset: `'fx:' || least("base" COLLATE "C", "quote" COLLATE "C") || '/' || greatest("base" COLLATE "C", "quote" COLLATE "C")`,
  },
};

const extraColumns = (kind: ImportKind): readonly Column[] => FACT_TABLES[kind].extra ?? [];

export const factColumns = (kind: ImportKind): readonly Column[] => [
  ...FACT_TABLES[kind].key,
  ...FACT_TABLES[kind].values,
  ...extraColumns(kind),
];

/** What `factColumns` of a fact hold: its fields and what is kept beside them. */
export const factValues = (kind: ImportKind, { fields, extra }: Pick<Fact, "fields" | "extra">) => [
  ...fields,
  ...extraColumns(kind).map((_, i) => extra?.[i] ?? null),
];

const quoted = (name: string) => `"${name}"`;
const list = (columns: readonly Column[], prefix = "") =>
  columns.map((column) => prefix + quoted(column.name)).join(", ");

/** Import ids are UUIDs made here, so that a table's name needs no escaping beyond the quotes. */
export const stagingTable = (importId: string): string => `"staging"."import_${importId.replaceAll("-", "")}"`;

export function createStaging(kind: ImportKind, importId: string): string {
  const columns = factColumns(kind).map((column) => `${quoted(column.name)} ${column.type}`);
  return `CREATE UNLOGGED TABLE ${stagingTable(importId)} ("position" integer, "rowNumber" integer, ${columns.join(", ")})`;
}

export const dropStaging = (importId: string): string => `DROP TABLE IF EXISTS ${stagingTable(importId)}`;

export const copyIntoStaging = (kind: ImportKind, importId: string): string =>
  `COPY ${stagingTable(importId)} ("position", "rowNumber", ${list(factColumns(kind))}) FROM STDIN`;

const sameKey = (kind: ImportKind) =>
  FACT_TABLES[kind].key.map((column) => `f.${quoted(column.name)} = s.${quoted(column.name)}`).join(" AND ");

const differs = (kind: ImportKind) =>
  `(${list(FACT_TABLES[kind].values, "f.")}) IS DISTINCT FROM (${list(FACT_TABLES[kind].values, "s.")})`;

/** The current facts of one source ($1 venture, $2 source) beside the staged rows that have their keys. */
const joined = (kind: ImportKind, importId: string, join: "JOIN" | "LEFT JOIN") =>
  `${stagingTable(importId)} s ${join} "${FACT_TABLES[kind].table}" f ON f."ventureId" = $1::uuid AND f."sourceId" = $2::uuid ` +
  `AND f."supersededAt" IS NULL AND ${sameKey(kind)}`;

/**
 * Counts, and a fingerprint of the facts that the rows meet: facts are never overwritten, so equal ids are equal facts.
 */
export const compareStaging = (kind: ImportKind, importId: string): string =>
  `SELECT count(*) FILTER (WHERE f."id" IS NULL)::int AS "inserted",
    count(*) FILTER (WHERE f."id" IS NOT NULL AND ${differs(kind)})::int AS "changed",
    count(*) FILTER (WHERE f."id" IS NOT NULL AND NOT (${differs(kind)}))::int AS "same",
    coalesce(bit_xor(hashint8extended(f."id", s."position")), 0)::text AS "baseline"
  FROM ${joined(kind, importId, "LEFT JOIN")}`;

/** The data sets that new and changed rows touch. */
export const touchedDatasets = (kind: ImportKind, importId: string): string =>
  `SELECT DISTINCT ${FACT_TABLES[kind].dataset} AS "dataset" FROM (
    SELECT s.* FROM ${joined(kind, importId, "LEFT JOIN")} WHERE f."id" IS NULL OR ${differs(kind)}) touched ORDER BY 1`;

/** A page of changes, old beside new; `outcome` is "new", "changed" or "same". $3 limit, $4 offset. */
export function listChanges(kind: ImportKind, importId: string, outcome: "new" | "changed" | "same"): string {
  const { key, values } = FACT_TABLES[kind];
  const condition = {
    new: `f."id" IS NULL`,
    changed: `f."id" IS NOT NULL AND ${differs(kind)}`,
    same: `f."id" IS NOT NULL AND NOT (${differs(kind)})`,
  };
  const asText = (prefix: string, columns: readonly Column[], as: string) =>
    `jsonb_build_object(${columns.map((column) => `'${column.name}', ${prefix}${quoted(column.name)}::text`).join(", ")}) AS ${as}`;
  return `SELECT s."rowNumber", ${asText("s.", key, '"key"')}, ${asText("s.", values, '"next"')}, ${asText("f.", values, '"previous"')}
    FROM ${joined(kind, importId, "LEFT JOIN")} WHERE ${condition[outcome]} ORDER BY s."position" LIMIT $3::int OFFSET $4::int`;
}

/** The same after the apply, from the facts themselves. $1 import, $2 limit, $3 offset. */
export function listAppliedChanges(kind: ImportKind, outcome: "new" | "changed"): string {
  const { table, key, values } = FACT_TABLES[kind];
  const asText = (prefix: string, columns: readonly Column[], as: string) =>
    `jsonb_build_object(${columns.map((column) => `'${column.name}', ${prefix}${quoted(column.name)}::text`).join(", ")}) AS ${as}`;
  return `SELECT s."rowNumber", ${asText("s.", key, '"key"')}, ${asText("s.", values, '"next"')}, ${asText("f.", values, '"previous"')}
    FROM "${table}" s LEFT JOIN "${table}" f ON f."supersededByImportId" = $1::uuid AND f."importId" IS DISTINCT FROM $1::uuid
    AND ${sameKey(kind)} WHERE s."importId" = $1::uuid AND f."id" IS ${outcome === "new" ? "NULL" : "NOT NULL"}
    ORDER BY s."id" LIMIT $2::int OFFSET $3::int`;
}

/** $1 venture, $2 source, $3 import, $4 now: the rows that this import changes are history from now on. */
export const supersedeChanged = (kind: ImportKind, importId: string): string =>
  `UPDATE "${FACT_TABLES[kind].table}" f SET "supersededAt" = $4::timestamptz, "supersededByImportId" = $3::uuid
  FROM ${stagingTable(importId)} s WHERE f."ventureId" = $1::uuid AND f."sourceId" = $2::uuid AND f."supersededAt" IS NULL
  AND ${sameKey(kind)} AND ${differs(kind)}`;

/** $1 venture, $2 source, $3 import, $4 now, $5 as of, $6 who: every staged row that has no current fact. */
export function insertStaged(kind: ImportKind, importId: string, nothingIsThere: boolean): string {
  const { table } = FACT_TABLES[kind];
  const columns = list(factColumns(kind));
  const missing = nothingIsThere
    ? ""
    : ` WHERE NOT EXISTS (SELECT 1 FROM "${table}" f WHERE f."ventureId" = $1::uuid AND f."sourceId" = $2::uuid
      AND f."supersededAt" IS NULL AND ${sameKey(kind)})`;
  return `INSERT INTO "${table}" (${columns}, "ventureId", "sourceId", "importId", "rowNumber", "asOf", "recordedAt", "recordedBy")
    SELECT ${list(factColumns(kind), "s.")}, $1::uuid, $2::uuid, $3::uuid, s."rowNumber", $5::timestamptz, $4::timestamptz, $6
    FROM ${stagingTable(importId)} s${missing}`;
}

/** Rows that this import wrote and that a later import or correction has replaced. $1 import. */
export const listBuiltUpon = (kind: ImportKind): string =>
  `SELECT "supersededByImportId" AS "importId", count(*)::int AS "rows", min("supersededAt") AS "at" FROM "${FACT_TABLES[kind].table}"
  WHERE "importId" = $1::uuid AND "supersededAt" IS NOT NULL GROUP BY 1 ORDER BY 3`;

/** $1 import, $2 now. Withdrawn rows stay as history: superseded by the import that wrote them. */
export const withdrawInserted = (kind: ImportKind): string =>
  `UPDATE "${FACT_TABLES[kind].table}" SET "supersededAt" = $2::timestamptz, "supersededByImportId" = $1::uuid
  WHERE "importId" = $1::uuid AND "supersededAt" IS NULL`;

export const restoreSuperseded = (kind: ImportKind): string =>
  `UPDATE "${FACT_TABLES[kind].table}" SET "supersededAt" = NULL, "supersededByImportId" = NULL
  WHERE "supersededByImportId" = $1::uuid AND "importId" IS DISTINCT FROM $1::uuid`;

/** $1 import. */
export const datasetsOfImport = (kind: ImportKind): string =>
  `SELECT DISTINCT ${FACT_TABLES[kind].dataset} AS "dataset" FROM "${FACT_TABLES[kind].table}" WHERE "importId" = $1::uuid ORDER BY 1`;

/** One line of COPY's text format; null is \N. */
export function copyLine(position: number, rowNumber: number, fields: readonly (string | null)[]): string {
  let line = `${position}\t${rowNumber}`;
  for (const value of fields)
    line += value === null ? "\t\\N" : `\t${/[\\\t\n\r]/.test(value) ? escaped(value) : value}`;
  return `${line}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
const escaped = (value: string) => value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
