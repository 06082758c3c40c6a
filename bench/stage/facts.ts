import pg from "pg";

/** Ventures at the door of stage 40 whose facts carry them to the second gate; written by the server itself. */
const VENTURES = `
  INSERT INTO "venture" ("id", "slug", "name", "sector", "businessModel", "currency", "country", "timeZone", "stage", "maturityScore")
  SELECT gen_random_uuid(), 'bench-' || lpad(i::text, 5, '0'), 'Bench venture ' || i, 'Robotics', 'saas', 'USD', 'US',
    'America/New_York', 'mature', 95
  FROM generate_series(1, $1::int) AS i`;

/** Manual: growth waits for its person, so that what is measured is the stage's own flow and no agent's analysis. */
const BESIDE = [
  `INSERT INTO "venture_settings" ("ventureId", "profile", "autonomy", "updatedAt")
   SELECT "id", 'aggressive', 'manual', now() FROM "venture"`,
  `INSERT INTO "data_source" ("id", "ventureId", "name", "kind") SELECT gen_random_uuid(), "id", 'Bench', 'import' FROM "venture"`,
  `INSERT INTO "readiness_day" ("ventureId", "day", "score", "coverage", "band", "shape", "figureId", "revision", "keptAt")
   SELECT "id", current_date, 92, 1, 'ready', '{}', '0123456789abcdef', 1, now() FROM "venture"`,
];

const POINTS = `
  INSERT INTO "metric_point" ("ventureId", "metric", "basis", "periodStart", "grain", "value", "currency", "sourceId", "asOf", "recordedAt", "recordedBy")
  SELECT v."id", m.metric, 'actual', (date_trunc('month', now()) - make_interval(months => 31 - n))::date, 'month',
    m.base * power(1.02, n * m.moves), m.currency, s."id", now(), now(), 'system:bench'
  FROM "venture" v JOIN "data_source" s ON s."ventureId" = v."id"
  CROSS JOIN (VALUES ('revenue', 400000.0, 1, 'USD'), ('valuation', 12000000.0, 1, 'USD'), ('exit_readiness', 92.0, 0, NULL))
    AS m (metric, base, moves, currency)
  CROSS JOIN generate_series(1, 30) AS n`;

const DAY = new Date().toISOString().slice(0, 10);
const from = { used: false, source: "bench", asOf: DAY };
const OUTCOME = { name: "One", probability: "0.5", exitValue: "1", years: "3", rate: "0.2" };
/** A valuation that was kept as a person's own word: no method of it is computed again, so no draw is either. */
const INPUTS = {
  methods: {
    dcf: {
      ...from,
      ...{
        freeCashFlows: ["1"],
        riskFree: "0.02",
        beta: "1",
        equityRiskPremium: "0.05",
        premium: "0.02",
        debtShare: "0",
      },
      ...{ costOfDebt: "0.04", taxRate: "0.3", growth: "0.02", multiple: "6", metric: "1", spread: "0.1" },
    },
    trading: { ...from, metricName: "Revenue", metric: "1", outliers: "none" },
    precedents: { ...from, metricName: "Revenue", metric: "1", outliers: "none", staleAfterDays: "700", index: "" },
    ventureCapital: {
      ...from,
      ...{ exitValue: "1", years: "3", targetReturn: "0.4", investment: "1", laterDilution: [], spread: "0.1" },
    },
    firstChicago: { ...from, scenarios: [OUTCOME, { ...OUTCOME, name: "Two" }], spread: "0.1" },
    recentRound: {
      ...from,
      ...{ classId: "", pricePerShare: "1", volatility: "0.5", years: "3", riskFree: "0.02", spread: "0.1" },
    },
  },
  bridge: { source: "bench", asOf: DAY, cash: "0", debt: "0", costsRate: "0.03" },
  simulation: {
    ...{ source: "bench", seed: "bench", rateDeviation: "0.01", growthDeviation: "0.01", multipleDeviation: "0.1" },
    ...{ flowDeviation: "0.1", correlation: [0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((at) => (at === row ? 1 : 0))) },
  },
};

const VALUED = `
  INSERT INTO "valuation_version" ("ventureId", "version", "asOf", "inputs", "run", "reason", "createdBy", "createdAt")
  SELECT "id", 1, current_date, $1::jsonb, '{"equity":{"figure":"0123456789abcdef","revision":1,"value":"21000000"}}', 'bench',
    'system:bench', now() FROM "venture"`;

export async function fillStage(address: string, ventures: number): Promise<void> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    await client.query(VENTURES, [ventures]);
    for (const statement of BESIDE) await client.query(statement);
    await client.query(POINTS);
    await client.query(VALUED, [JSON.stringify(INPUTS)]);
    await client.query(
      `INSERT INTO "dataset_version" ("ventureId", "dataset", "version", "changedAt")
       SELECT "ventureId", 'metric:' || "metric", 1, now() FROM "metric_point" GROUP BY 1, 2`,
    );
    await client.query("VACUUM ANALYZE");
  } finally {
    await client.end();
  }
}
