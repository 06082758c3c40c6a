// All figures of a venture with 50,000 invoices over five years, computed and stored, against the time of reading the
// same rows.
//   npm run bench:recompute [-- runs]
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { startDatabase } from "../scripts/embedded-database.mjs";
import { median } from "./measure.ts";

const RUNS = Number(process.argv[2] ?? 9);
const LIMIT = 2;
const NOW = new Date("2026-11-22T09:00:00Z");

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chairman-bench-"));
fs.chmodSync(folder, 0o755);
const server = await startDatabase({ dataDir: path.join(folder, "pg") });
process.env.DATABASE_URL = server.url;
process.env.NEXTAUTH_SECRET ??= "bench-secret-bench-secret-bench-secret-0";
process.env.LOG_LEVEL = "error";

const FACTS = ["metric_point", "customer", "subscription", "invoice"] as const;
const INTO = `"ventureId", "sourceId", "asOf", "recordedAt", "recordedBy"`;
const FROM = `v."id", s."id", '2026-11-20'::timestamptz, '2026-11-20'::timestamptz, 'system:bench'`;
const OF = `FROM "venture" v JOIN "data_source" s ON s."ventureId" = v."id"`;

// 1,200 customers, each in its own month with one to four terms (price changes, losses, returns), invoiced monthly.
const FILL = [
  `INSERT INTO "venture" ("id", "slug", "name", "sector", "businessModel", "currency", "country", "timeZone", "stage")
   VALUES (gen_random_uuid(), 'bench', 'Bench', 'Software', 'saas', 'EUR', 'DE', 'Europe/Berlin', 'active')`,
  `INSERT INTO "data_source" ("id", "ventureId", "name", "kind") SELECT gen_random_uuid(), "id", 'Bench', 'import' FROM "venture"`,
  `INSERT INTO "customer" ("externalId", "name", "segment", "channel", ${INTO})
   SELECT 'c' || i, 'Customer ' || i, (ARRAY['large', 'middle', 'small'])[1 + i % 3], (ARRAY['ads', 'sales'])[1 + i % 2], ${FROM}
   ${OF} CROSS JOIN generate_series(1, 1200) AS i`,
  `INSERT INTO "subscription" ("externalId", "customerExternalId", "plan", "startOn", "endOn", "amountMinor", "currency",
     "interval", "quantity", ${INTO})
   SELECT 's' || i || '-' || k, 'c' || i, (ARRAY['Basic', 'Team', 'Whole'])[1 + i % 3],
     ('2021-11-01'::date + make_interval(months => i % 50 + (k - 1) * 9))::date,
     CASE WHEN k < 1 + i % 4 OR i % 11 = 0
       THEN ('2021-11-01'::date + make_interval(months => i % 50 + k * 9 - CASE WHEN i % 7 = 0 THEN 2 ELSE 0 END))::date END,
     5000 + (i * 7919) % 90000 + k * 700, 'EUR', (ARRAY['month', 'quarter', 'year'])[1 + i % 3], 1 + i % 5, ${FROM}
   ${OF} CROSS JOIN generate_series(1, 1200) AS i CROSS JOIN LATERAL generate_series(1, 1 + i % 4) AS k`,
  `INSERT INTO "invoice" ("externalId", "customerExternalId", "issuedOn", "amountMinor", "currency", "kind", "status", ${INTO})
   SELECT 'i' || n, 'c' || 1 + n % 1200, '2021-11-01'::date + (n * 1826 / 50000), CASE WHEN n % 97 = 0 THEN -1 ELSE 1 END *
     (5000 + (n::bigint * 104729) % 90000), 'EUR', CASE WHEN n % 97 = 0 THEN 'refund' ELSE 'recurring' END,
     CASE WHEN n % 211 = 0 THEN 'void' ELSE 'paid' END, ${FROM}
   ${OF} CROSS JOIN generate_series(0, 49999) AS n`,
  `INSERT INTO "metric_point" ("metric", "basis", "periodStart", "grain", "value", "currency", ${INTO})
   SELECT metric, 'actual', ('2021-11-01'::date + make_interval(months => m))::date, 'month',
     100000 + m * 1700 + length(metric) * 50, CASE WHEN length(metric) > 9 THEN NULL ELSE 'EUR' END, ${FROM}
   ${OF} CROSS JOIN generate_series(0, 59) AS m CROSS JOIN unnest(ARRAY['revenue', 'cash', 'net_burn', 'ebitda', 'valuation',
     'customers', 'new_customers', 'headcount', 'key_people']) AS metric`,
  `INSERT INTO "metric_point" ("metric", "basis", "periodStart", "grain", "value", "currency", ${INTO})
   SELECT metric, 'actual', ('2021-11-01'::date + make_interval(months => m))::date, 'month', 30000 + m * 300, 'EUR', ${FROM}
   ${OF} CROSS JOIN generate_series(0, 59) AS m CROSS JOIN unnest(ARRAY['cost_of_revenue', 'sales_and_marketing',
     'operating_expenses', 'recurring_revenue']) AS metric`,
  `INSERT INTO "dataset_version" ("ventureId", "dataset", "version", "changedAt")
   SELECT "id", d, 1, '2026-11-20' FROM "venture" CROSS JOIN unnest(ARRAY['subscriptions', 'invoices', 'customers']) AS d`,
];

function migrate(): void {
  const root = path.join(import.meta.dirname, "..");
  const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
  const run = spawnSync(path.join(root, "node_modules/.bin/prisma"), ["migrate", "deploy"], { cwd: root, env });
  if (run.status !== 0) throw new Error(`prisma migrate deploy: ${run.stdout}${run.stderr}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function bench(): Promise<void> {
  migrate();
  const client = new pg.Client(server.url);
  // The server stops before a failed run has hung up; what failed is thrown below.
  client.on("error", () => undefined);
  await client.connect();
  for (const statement of FILL) await client.query(statement);
  await client.query("VACUUM ANALYZE");
  const { rows } = await client.query<{ id: string }>(`SELECT "id" FROM "venture"`);
  const ventureId = rows[0]?.id ?? "";
  const { refreshSnapshot } = await import("@/lib/metrics/mutations");
  const { atOneMoment, computePerformance } = await import("@/lib/metrics/queries/performance");
  let read = 0;
  const readAll = async () => {
    read = 0;
    for (const table of FACTS) {
      const found = await client.query(`SELECT * FROM "${table}" WHERE "ventureId" = $1 AND "supersededAt" IS NULL`, [
        ventureId,
      ]);
      read += found.rowCount ?? 0;
    }
  };
  const change = () =>
    client.query(`UPDATE "dataset_version" SET "version" = "version" + 1 WHERE "ventureId" = $1`, [ventureId]);
  const compute = () => atOneMoment((tx) => computePerformance(tx, ventureId, null, NOW));
  const [reading, computing, whole]: [number[], number[], number[]] = [[], [], []];
  for (let run = 0; run <= RUNS; run++) {
    const a = await timed(readAll);
    const b = await timed(compute);
    // The data has changed: every figure is a new revision, as after an import.
    await change();
    const c = await timed(() => refreshSnapshot(ventureId, NOW));
    // The first run warms up and does not count.
    if (run === 0) continue;
    reading.push(a);
    computing.push(b);
    whole.push(c);
  }
  await client.end();
  const ratio = median(whole) / median(reading);
  const ms = (values: readonly number[]) => `${median(values).toFixed(0)} ms`;
  console.log(
    `${read.toLocaleString("en")} rows of one venture, 50,000 of them invoices over 5 years; medians of ${RUNS} runs`,
  );
  console.log(`reading the rows                     ${ms(reading)}`);
  console.log(`all figures computed                 ${ms(computing)}`);
  console.log(`all figures computed and stored anew ${ms(whole)}`);
  console.log(`ratio ${ratio.toFixed(2)}, limit ${LIMIT}`);
  if (ratio > LIMIT) process.exitCode = 1;
}

try {
  await bench();
} finally {
  const { disconnect } = await import("@/lib/db");
  await disconnect();
  await server.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
