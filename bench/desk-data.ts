// Fills the database of DATABASE_URL with ventures that have five years of monthly metrics and one daily series, for the
// speed of the desk. Made by the server itself; the same arguments give the same rows.
//   DATABASE_URL=… node --import ./scripts/resolve.mjs bench/desk-data.ts [ventures = 1000] [until = 2026-10]
import pg from "pg";

export type DeskData = { ventures: number; monthlyPoints: number; dailyPoints: number; seconds: number };

/** Names begin with this, so that the rows are known again and real ventures are left alone. */
export const BENCH_PREFIX = "bench-";
const YEARS = 5;

/** The share of a venture's revenue (or the count) that each monthly metric is made of; `i` is the venture, `m` the month. */
const MONTHLY: Readonly<Record<string, { currency: boolean; value: string }>> = {
  revenue: { currency: true, value: "revenue" },
  recurring_revenue: { currency: true, value: "revenue * 0.94" },
  cost_of_revenue: { currency: true, value: "revenue * 0.27" },
  gross_margin: { currency: true, value: "revenue * 0.73" },
  sales_and_marketing: { currency: true, value: "revenue * 0.31" },
  operating_expenses: { currency: true, value: "revenue * (0.66 + (i % 9) * 0.02)" },
  ebitda: { currency: true, value: "revenue * (0.07 - (i % 9) * 0.02)" },
  net_burn: { currency: true, value: "revenue * ((i % 9) * 0.02 - 0.07)" },
  cash: { currency: true, value: "2000000 + (i % 50) * 40000 - m * (i % 9) * 2500" },
  customers: { currency: false, value: "40 + i % 90 + m * (1 + i % 4)" },
  new_customers: { currency: false, value: "2 + (i + m) % 7" },
  headcount: { currency: false, value: "12 + i % 60 + m / 3" },
  key_people: { currency: false, value: "6" },
  key_people_left: { currency: false, value: "CASE WHEN (i * 7 + m) % 41 = 0 THEN 1 ELSE 0 END" },
  valuation: { currency: true, value: "revenue * 12 * (3 + i % 5)" },
  exit_readiness: { currency: false, value: "55 + (i % 40) * 0.5 + m * 0.3" },
};

const VENTURES = `
  INSERT INTO "venture" ("id", "slug", "name", "sector", "businessModel", "currency", "country", "timeZone", "stage")
  SELECT gen_random_uuid(), '${BENCH_PREFIX}' || lpad(i::text, 5, '0'), 'Bench venture ' || i,
         (ARRAY['Robotics', 'Health', 'Data', 'Logistics', 'Energy'])[1 + i % 5], 'saas',
         (ARRAY['EUR', 'USD', 'GBP', 'CHF', 'SEK'])[1 + i % 5], 'DE', 'Europe/Berlin', 'active'
  FROM generate_series(1, $1::int) AS i
  ON CONFLICT DO NOTHING`;

const BESIDE = [
  `INSERT INTO "venture_settings" ("ventureId", "updatedAt")
   SELECT "id", now() FROM "venture" WHERE "slug" LIKE '${BENCH_PREFIX}%' ON CONFLICT DO NOTHING`,
  `INSERT INTO "data_source" ("id", "ventureId", "name", "kind")
   SELECT gen_random_uuid(), "id", 'Bench', 'import' FROM "venture" WHERE "slug" LIKE '${BENCH_PREFIX}%' ON CONFLICT DO NOTHING`,
  `INSERT INTO "stage_record" ("id", "ventureId", "ordinal", "enteredAt", "openSubstages")
   SELECT gen_random_uuid(), "id", 1, '2025-01-01', ARRAY['40.1'] FROM "venture" WHERE "slug" LIKE '${BENCH_PREFIX}%'
   ON CONFLICT DO NOTHING`,
];

const COLUMNS = `("ventureId", "metric", "basis", "periodStart", "grain", "value", "currency", "sourceId", "asOf", "recordedAt", "recordedBy")`;

const NUMBERED = `
  bench AS (
    SELECT v."id", v."currency", s."id" AS source, right(v."slug", 5)::int AS i
    FROM "venture" v JOIN "data_source" s ON s."ventureId" = v."id" AND s."name" = 'Bench'
    WHERE v."slug" LIKE '${BENCH_PREFIX}%')`;

const MONTHLY_POINTS = `
  WITH ${NUMBERED},
  months AS (
    SELECT *, (40000 + (i * 7919) % 900000) * power(1 + ((i % 40) - 5) / 100.0, m / 12.0)
              * (1 + 0.04 * sin(m * 0.5236 + i)) AS revenue
    FROM bench CROSS JOIN generate_series(0, $2::int - 1) AS m)
  INSERT INTO "metric_point" ${COLUMNS}
  SELECT "id", metric, 'actual', ($1::date - make_interval(months => $2::int - 1 - m))::date, 'month', round(value::numeric, 2),
         CASE WHEN money THEN "currency" END, source, now(), now(), 'system:bench'
  FROM months CROSS JOIN LATERAL (VALUES
    ${Object.entries(MONTHLY)
      .map(([metric, { currency, value }]) => `('${metric}', ${currency}, (${value})::float8)`)
      .join(",\n    ")}) AS measured (metric, money, value)`;

const DAILY_POINTS = `
  WITH ${NUMBERED}
  INSERT INTO "metric_point" ${COLUMNS}
  SELECT "id", 'users', 'actual', day::date, 'day', 200 + (i * 13) % 5000 + extract(doy FROM day)::int % 90, NULL,
         source, now(), now(), 'system:bench'
  FROM bench CROSS JOIN generate_series($1::date - make_interval(years => ${YEARS}) + interval '1 month',
                                        $1::date + interval '1 month' - interval '1 day', interval '1 day') AS day`;

/** Indexes are built once at the end: several times faster than row by row. Everything in one transaction. */
export async function fillDesk(client: pg.Client | pg.PoolClient, ventures: number, until: string): Promise<DeskData> {
  const begun = performance.now();
  const month = `${until}-01`;
  await client.query("BEGIN");
  try {
    await client.query("SET LOCAL synchronous_commit = off; SET LOCAL maintenance_work_mem = '256MB'");
    await client.query(
      `DELETE FROM "metric_point" WHERE "ventureId" IN (SELECT "id" FROM "venture" WHERE "slug" LIKE '${BENCH_PREFIX}%')`,
    );
    await client.query(VENTURES, [ventures]);
    for (const statement of BESIDE) await client.query(statement);
    const rebuild = await dropIndexes(client);
    const monthly = await client.query(MONTHLY_POINTS, [month, YEARS * 12]);
    const daily = await client.query(DAILY_POINTS, [month]);
    for (const statement of rebuild) await client.query(statement);
    await client.query("COMMIT");
    await client.query(`ANALYZE "metric_point"; ANALYZE "venture"`);
    const seconds = (performance.now() - begun) / 1_000;
    return { ventures, monthlyPoints: monthly.rowCount ?? 0, dailyPoints: daily.rowCount ?? 0, seconds };
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

async function dropIndexes(client: pg.Client | pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ indexname: string; indexdef: string }>(
    `SELECT indexname, indexdef FROM pg_indexes
     WHERE schemaname = current_schema() AND tablename = 'metric_point' AND indexname <> 'metric_point_pkey'`,
  );
  for (const { indexname } of rows) await client.query(`DROP INDEX "${indexname}"`);
  return rows.map(({ indexdef }) => indexdef);
}

/**
 * Snapshots as the desk reads them: computed by the product for one venture of each currency, then copied to the others,
 * so that a thousand rows have their real size without a thousand computations.
 */
export async function fillSnapshots(client: pg.Client | pg.PoolClient, now: Date): Promise<number> {
  const { refreshSnapshot } = await import("@/lib/metrics/mutations");
  const { rows } = await client.query<{ id: string }>(
    `SELECT DISTINCT ON ("currency") "id" FROM "venture" WHERE "slug" LIKE '${BENCH_PREFIX}%' ORDER BY "currency", "slug"`,
  );
  for (const { id } of rows) await refreshSnapshot(id, now);
  await client.query(
    `INSERT INTO "venture_snapshot" ("ventureId", "asOf", "computedAt", "measures", "freshnessDays", "freshness", "contradictions")
     SELECT v."id", s."asOf", s."computedAt", s."measures", s."freshnessDays", s."freshness", s."contradictions"
     FROM "venture" v
     JOIN "venture" model ON model."currency" = v."currency" AND model."id" = ANY ($1::uuid[])
     JOIN "venture_snapshot" s ON s."ventureId" = model."id"
     WHERE v."slug" LIKE '${BENCH_PREFIX}%' ON CONFLICT DO NOTHING`,
    [rows.map((row) => row.id)],
  );
  const stored = await client.query<{ count: string }>(`SELECT count(*) FROM "venture_snapshot"`);
  return Number(stored.rows[0]?.count ?? 0);
}

if (import.meta.main) {
  process.env.NEXTAUTH_SECRET ??= "bench-secret-bench-secret-bench-secret-0";
  process.env.LOG_LEVEL ??= "error";
  const { disconnect } = await import("@/lib/db");
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const done = await fillDesk(client, Number(process.argv[2] ?? 1_000), process.argv[3] ?? "2026-10");
  const snapshots = await fillSnapshots(client, new Date());
  await client.end();
  await disconnect();
  process.stdout.write(
    `${done.ventures} ventures, ${done.monthlyPoints} monthly and ${done.dailyPoints} daily points in ${done.seconds.toFixed(1)} s; ${snapshots} snapshots\n`,
  );
}
