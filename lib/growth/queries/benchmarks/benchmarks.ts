import "server-only";
import type { Db, Tx } from "@/lib/db";
import { dollarRates } from "@/lib/decisions/queries/facts";
import { type FigureSource, SHARED_DATA } from "@/lib/figures/schema";
import { rateDataset, rateSources, type UsedRate } from "@/lib/metrics/rules/used-rates";
import { Exact } from "@/lib/money";
import type { BenchmarkRow } from "../../rules/levers/lever-flows";

export const BENCHMARKS = "benchmarks";

export type Peers = {
  /** Null where the venture's size in US dollars is not known. */
  readonly rows: readonly BenchmarkRow[] | null;
  /** The statement, and the exchange rate by which the venture's size was told. */
  readonly sources: (row: BenchmarkRow) => FigureSource[];
};

type Venture = { businessModel: string; currency: string };

/** What comparable companies reach: of the same business model and size, the newest statement of each metric up to a day. */
export async function loadPeers(tx: Db | Tx, venture: Venture, yearly: Exact | null, day: string): Promise<Peers> {
  const shared = { ventureId_dataset: { ventureId: SHARED_DATA, dataset: BENCHMARKS } };
  const version = (await tx.datasetVersion.findUnique({ where: shared }))?.version ?? 0;
  const { businessModel, currency } = venture;
  const until = new Date(`${day}T00:00:00Z`);
  const { rate, used } = (await dollarRates(tx, [currency], until)).get(currency) ?? { rate: null, used: null };
  const versionOfRate = used ? await pairVersion(tx, used) : new Map<string, number>();
  const sources = ({ metric, asOf, source: from }: BenchmarkRow): FigureSource[] => [
    {
      ...{ kind: "dataset", ventureId: SHARED_DATA, dataset: BENCHMARKS, version, rows: 1 },
      filter: { metric, businessModel, asOf, source: from },
    },
    ...rateSources(used ? [used] : [], versionOfRate),
  ];
  if (!yearly || !rate) return { rows: null, sources };
  const dollars = BigInt(Exact.max(0, yearly.times(rate)).toFixed(0));
  const found = await tx.benchmark.findMany({
    where: {
      ...{ businessModel, asOf: { lte: until }, revenueFrom: { lte: dollars } },
      OR: [{ revenueTo: null }, { revenueTo: { gt: dollars } }],
    },
    orderBy: [{ metric: "asc" }, { asOf: "desc" }, { sampleSize: "desc" }, { source: "asc" }],
    distinct: ["metric"],
  });
  const rows = found.map((row) => ({
    ...{ metric: row.metric, sampleSize: row.sampleSize, source: row.source },
    p25: new Exact(row.p25.toString()),
    p50: new Exact(row.p50.toString()),
    p75: new Exact(row.p75.toString()),
    asOf: row.asOf.toISOString().slice(0, 10),
  }));
  return { rows, sources };
}

async function pairVersion(tx: Db | Tx, { base, quote }: UsedRate): Promise<Map<string, number>> {
  const dataset = rateDataset(base, quote);
  const row = await tx.datasetVersion.findUnique({
    where: { ventureId_dataset: { ventureId: SHARED_DATA, dataset } },
  });
  return new Map([[dataset, row?.version ?? 0]]);
}
