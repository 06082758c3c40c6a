import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { drawn, seededRandom } from "@/lib/growth/rules/simulate";
import { defineSeries, loadSeriesFile } from "@/lib/market/mutations/series";
import { keepTiming } from "@/lib/market/mutations/timing";
import { type NewSeries, UNIT_OF_KIND } from "@/lib/market/schema/series";
import { START_ASSUMPTIONS, type TimingAssumptions } from "@/lib/market/schema/timing";
import { DEMO_UNTIL } from "./portfolio";

const MADE_UP = "Made up for the demo";
const FIRST_YEAR = 2014;

type Made = Pick<NewSeries, "key" | "label" | "kind" | "sector" | "definition"> & {
  /** Where the walk begins, where it is drawn to and how strongly, and how much a month moves; of the logarithm. */
  walk: { seed: number; from: number; to: number; pull: number; shake: number };
  decimals: number;
};

/** Three definitions of a software multiple are three series, as they would be in the world. */
const SERIES: readonly Made[] = [
  {
    ...{ key: "demo-saas-median", label: "Listed software, median", kind: "multiple", sector: "saas", decimals: 2 },
    definition: "Median of enterprise value ÷ annualised revenue over listed software companies, month's end",
    walk: { seed: 17, from: 5.6, to: 6.6, pull: 0.04, shake: 0.055 },
  },
  {
    ...{ key: "demo-saas-weighted", label: "Listed software, weighted", kind: "multiple", sector: null, decimals: 2 },
    definition:
      "Weighted by market value: enterprise value ÷ revenue ahead over listed software companies, month's end",
    walk: { seed: 3, from: 7.4, to: 8.6, pull: 0.04, shake: 0.065 },
  },
  {
    ...{ key: "demo-saas-private", label: "Private software sales", kind: "multiple", sector: null, decimals: 2 },
    definition:
      "Median of price ÷ recurring revenue over private software companies that were sold, by month of the sale",
    walk: { seed: 11, from: 4.4, to: 4.9, pull: 0.06, shake: 0.035 },
  },
  {
    ...{ key: "demo-robotics", label: "Listed automation, median", kind: "multiple", decimals: 2 },
    sector: "Industrial robotics",
    definition:
      "Median of enterprise value ÷ revenue of 12 months over listed makers of robots and automation, month's end",
    walk: { seed: 12, from: 2.6, to: 4.1, pull: 0.05, shake: 0.045 },
  },
  {
    ...{ key: "demo-10-year-yield", label: "10-year yield", kind: "yield", sector: null, decimals: 2 },
    definition: "Yield of government bonds with ten years to run, mean of the month",
    walk: { seed: 3, from: 2.4, to: 3.1, pull: 0.03, shake: 0.07 },
  },
  {
    ...{ key: "demo-volatility", label: "Volatility of shares", kind: "volatility", sector: null, decimals: 1 },
    definition: "Volatility over 30 days that option prices of large companies imply, month's end",
    walk: { seed: 9, from: 16, to: 15.5, pull: 0.18, shake: 0.16 },
  },
  {
    ...{ key: "demo-credit-spread", label: "High-yield spread", kind: "spread", sector: null, decimals: 2 },
    definition: "Yield of companies below investment grade above government bonds, mean of the month",
    walk: { seed: 1, from: 4.6, to: 3.4, pull: 0.08, shake: 0.08 },
  },
  {
    ...{ key: "demo-ipos", label: "IPOs of technology companies", kind: "ipos", sector: null, decimals: 0 },
    definition: "How many technology companies were listed in the month",
    walk: { seed: 21, from: 14, to: 17, pull: 0.12, shake: 0.2 },
  },
  {
    ...{ key: "demo-deals", label: "Sales of software companies", kind: "deals", sector: null, decimals: 0 },
    definition: "How many software companies were sold in the month, at any price",
    walk: { seed: 11, from: 120, to: 185, pull: 0.08, shake: 0.09 },
  },
];

/** A walk of the logarithm, drawn to its end: the same on every machine. */
function csvOf({ key, walk: { seed, from, to, pull, shake }, decimals }: Made): string {
  const [untilYear = 0, untilMonth = 1] = DEMO_UNTIL.split("-").map(Number);
  const count = (untilYear - FIRST_YEAR) * 12 + untilMonth;
  const shocks = drawn(
    { kind: "normal", mean: 0, deviation: shake, least: -Infinity },
    count,
    seededRandom(`${key}/${seed}`),
  );
  let level = Math.log(from);
  const lines = Array.from(shocks, (shock, index) => {
    level += pull * (Math.log(to) - level) + shock;
    const month = `${FIRST_YEAR + Math.floor(index / 12)}-${`${(index % 12) + 1}`.padStart(2, "0")}`;
    return `${month}-01,${Math.exp(level).toFixed(decimals)}`;
  });
  return ["Date,Value", ...lines].join("\n");
}

async function seedSeries(analyst: Actor, made: Made): Promise<void> {
  const { key, label, kind, sector, definition } = made;
  if (await db.marketLoad.findFirst({ where: { seriesKey: key, undoneAt: null } })) return;
  const terms = { unit: UNIT_OF_KIND[kind], source: MADE_UP, publishedAfter: 31, revised: false, zeroIsGap: true };
  await defineSeries(analyst, { key, label, kind, sector, definition, ...terms }, clock.now());
  const columns = { day: "Date", value: "Value", knownOn: null };
  const file = { seriesKey: key, fileName: `${key}.csv`, csv: csvOf(made), columns };
  const loaded = await loadSeriesFile(analyst, file, clock.now());
  if (!loaded.ok || loaded.value.rejected > 0) throw new Error(`The series ${key} was refused`);
}

type Told = { reason: string; change: (start: TimingAssumptions) => TimingAssumptions };

const TIMED: Readonly<Record<string, Told>> = {
  "meridian-robotics": {
    reason: "Growth as the plan has it for the next two years; the board expects one more round",
    change: (start) => ({
      ...start,
      waiting: { ...start.waiting, growth: "0.2", drift: "0", dilution: "0.08", failure: "0.04" },
    }),
  },
  "northwind-data": {
    reason: "The weighted multiple fits the buyers better; growth slows from today's",
    change: (start) => ({
      ...start,
      series: { ...start.series, multiple: "demo-saas-weighted" },
      waiting: { ...start.waiting, growth: "0.28", drift: "0", dilution: "0.03", failure: "0.02" },
    }),
  },
};

/** Series of the market, and what two ventures assume of waiting. Safe to repeat. */
export async function seedMarket({ analyst }: { analyst: Actor }): Promise<void> {
  for (const made of SERIES) await seedSeries(analyst, made);
  for (const [slug, { reason, change }] of Object.entries(TIMED)) {
    const venture = await db.venture.findUnique({ where: { slug }, select: { id: true } });
    if (!venture || (await db.timingVersion.count({ where: { ventureId: venture.id } })) > 0) continue;
    const input = { ventureId: venture.id, version: 0, reason, assumptions: change(START_ASSUMPTIONS) };
    const kept = await keepTiming(analyst, input, clock.now());
    if (!kept.ok) throw new Error(`The timing of ${slug} was refused: ${kept.refusal}`);
  }
}
