import "server-only";
import type { PoolClient } from "pg";
import { repeatReject } from "../rules/rejects";
import { FACT_TABLES, stagingTable } from "../rules/staging";
import type { ImportKind } from "../schema";
import type { Tally } from "./stage";

/** The field under which a repeated key is reported. */
const KEY_FIELDS: Readonly<Record<ImportKind, string>> = {
  metrics: "metric",
  customers: "externalId",
  subscriptions: "externalId",
  invoices: "externalId",
  rates: "day",
  buyers: "name",
  comparables: "name",
  offers: "title",
  checklist: "title",
};

type StagedRow = { position: number; rowNumber: number; values: string };

/**
 * A key that the file has more than once: identical rows count once; rows that contradict each other are all rejected,
 * because nobody can say which of them is right. Answers how many identical rows fell away.
 */
export async function settleRepeats(
  client: PoolClient,
  {
    importId,
    kind,
    headers,
    mapping,
  }: { importId: string; kind: ImportKind; headers: readonly string[]; mapping: { targets: readonly string[] } },
  tally: Tally,
): Promise<number> {
  const positions = [...tally.repeats.values()].flat();
  const fields = FACT_TABLES[kind].values.map((column) => `"${column.name}"`).join(", ");
  const found = await client.query<StagedRow>(
    `SELECT "position", "rowNumber", row(${fields})::text AS "values" FROM ${stagingTable(importId)} WHERE "position" = ANY($1::int[])`,
    [positions],
  );
  const byPosition = new Map(found.rows.map((row) => [row.position, row]));
  const keyColumn = headers[mapping.targets.indexOf(KEY_FIELDS[kind])] ?? "";
  const dropped: number[] = [];
  let repeated = 0;
  for (const [key, places] of tally.repeats) {
    const rows = places.flatMap((position) => byPosition.get(position) ?? []);
    if (new Set(rows.map((row) => row.values)).size === 1) {
      dropped.push(...places.slice(1));
      repeated += places.length - 1;
      continue;
    }
    dropped.push(...places);
    tally.rejected += places.length;
    const numbers = rows.map((row) => row.rowNumber);
    for (const row of rows) tally.rejects.push(repeatReject(keyColumn, row.rowNumber, key, numbers));
  }
  await client.query(`DELETE FROM ${stagingTable(importId)} WHERE "position" = ANY($1::int[])`, [dropped]);
  return repeated;
}
