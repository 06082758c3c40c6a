import type { Decimal } from "decimal.js";
import { Exact } from "@/lib/money";
import {
  type CustomerYear,
  grossRetention,
  groupsBy,
  MINIMUM_GROUP,
  meanOf,
  netRetention,
  relativeError,
  sumOf,
} from "./lever-rates";
import type { Finding, LeverDraft } from "./levers";

/** What others of the same model and size reach, as stored. */
export type BenchmarkRow = {
  readonly metric: string;
  readonly p25: Decimal;
  readonly p50: Decimal;
  readonly p75: Decimal;
  readonly sampleSize: number;
  readonly source: string;
  readonly asOf: string;
};

const MINIMUM_GAP = new Exact("0.02");
const ZERO = new Exact(0);
const MEDIAN_FACTOR = Math.sqrt(Math.PI / 2);
/** Quartiles of a normal distribution are this many standard deviations apart. */
const QUARTILE_WIDTH = 1.349;

const medianError = ({ p25, p75, sampleSize }: BenchmarkRow): number =>
  (MEDIAN_FACTOR * p75.minus(p25).toNumber()) / QUARTILE_WIDTH / Math.sqrt(sampleSize);

const newcomersOf = (customers: readonly CustomerYear[]) =>
  customers.filter(({ before, now }) => before.isZero() && now.gt(0));

/** How far retention stands below the median of comparable companies; expansion only beyond what retention explains. */
export function benchmarkGaps(
  customers: readonly CustomerYear[],
  benchmarks: readonly BenchmarkRow[] | null,
): Finding[] {
  const reason = benchmarks === null ? "no-size" : "no-benchmark";
  const revenue = sumOf(customers.map(({ now }) => now));
  const opening = customers.filter(({ before }) => before.gt(0)).length;
  let explained: Decimal = ZERO;
  const compare = (
    kind: "benchmark-retention" | "benchmark-expansion",
    metric: string,
    own: ReturnType<typeof netRetention>,
  ): Finding => {
    const benchmark = benchmarks?.find((row) => row.metric === metric);
    if (!benchmark) return { drafts: [], missing: [{ kind, reason }] };
    if (!own || opening < MINIMUM_GROUP) return { drafts: [], missing: [{ kind, reason: "few-customers" }] };
    const whole = benchmark.p50.minus(own.value);
    const gap = whole.minus(explained);
    if (kind === "benchmark-retention" && whole.gt(0)) explained = whole;
    if (gap.lt(MINIMUM_GAP)) return { drafts: [], missing: [] };
    const draft: LeverDraft = {
      ...{ kind, subject: null, value: own.value, against: benchmark.p50, benchmark },
      monthly: revenue.times(gap),
      relativeError: relativeError(gap, own.error, medianError(benchmark)),
      customers: opening,
    };
    return { drafts: [draft], missing: [] };
  };
  return [
    compare("benchmark-retention", "gross_revenue_retention", grossRetention(customers)),
    compare("benchmark-expansion", "net_revenue_retention", netRetention(customers)),
  ];
}

export type Cohort = {
  readonly month: string;
  readonly size: number;
  readonly cells: readonly { readonly offset: number; readonly active: number }[];
};

/** Months after the first payment at which cohorts are compared. */
const COHORT_AGE = 6;
/** Cohorts per side: each of the two spans a year. */
const COHORT_SPAN = 12;

/** Do the customers won in the last year leave sooner in their first half year than those of the year before? */
export function cohortDecay(customers: readonly CustomerYear[], cohorts: readonly Cohort[]): Finding {
  const aged = cohorts.flatMap(({ month, size, cells }) => {
    const cell = cells.find(({ offset }) => offset === COHORT_AGE);
    return cell && size > 0 ? [{ month, size, active: cell.active }] : [];
  });
  const ordered = [...aged].sort((a, b) => (a.month < b.month ? -1 : 1));
  const half = Math.min(COHORT_SPAN, Math.floor(ordered.length / 2));
  const pooled = (part: typeof aged) => ({
    size: part.reduce((sum, { size }) => sum + size, 0),
    active: part.reduce((sum, { active }) => sum + active, 0),
  });
  const [earlier, later] = [pooled(ordered.slice(-2 * half, -half)), pooled(ordered.slice(-half))];
  if (half === 0 || earlier.size < MINIMUM_GROUP || later.size < MINIMUM_GROUP) {
    return { drafts: [], missing: [{ kind: "cohort-decay", reason: "no-cohorts" }] };
  }
  const share = ({ active, size }: typeof later) => new Exact(active).div(size);
  const [value, against] = [share(later), share(earlier)];
  const gap = against.minus(value);
  if (gap.lt(MINIMUM_GAP)) return { drafts: [], missing: [] };
  const error = ({ active, size }: typeof later) =>
    Math.sqrt(((active + 1) * (size - active + 1)) / ((size + 2) ** 2 * (size + 3)));
  const draft: LeverDraft = {
    ...{ kind: "cohort-decay", subject: null, value, against },
    monthly: sumOf(newcomersOf(customers).map(({ now }) => now)).times(gap),
    moreCustomers: gap.times(newcomersOf(customers).length),
    relativeError: relativeError(gap, error(earlier), error(later)),
    customers: later.size,
  };
  return { drafts: [draft], missing: [] };
}

/** How many passed two neighbouring stages in the last three months, and in the same months a year before. */
export type FunnelStep = {
  readonly from: string;
  readonly to: string;
  readonly now: { readonly entered: Decimal; readonly passed: Decimal };
  readonly before: { readonly entered: Decimal; readonly passed: Decimal };
};

const MINIMUM_DROP = new Exact("0.05");

/**
 * The step of the funnel that has fallen most against the year before: as many customers more per month as the old rate
 * would have brought, for a year. Errors as of counts (Poisson).
 */
export function funnelDrop(customers: readonly CustomerYear[], steps: readonly FunnelStep[] | null): Finding {
  const newcomers = newcomersOf(customers);
  const worth = meanOf((newcomers.length > 0 ? newcomers : customers).map(({ now }) => now));
  const last = steps?.at(-1);
  if (!steps || !last || !worth) return { drafts: [], missing: [{ kind: "funnel-drop", reason: "no-funnel" }] };
  const won = last.now.passed.div(3);
  const drops = steps.flatMap((step) => {
    const counts = [step.now.entered, step.now.passed, step.before.entered, step.before.passed];
    if (counts.some((count) => count.lte(0))) return [];
    const value = step.now.passed.div(step.now.entered);
    const against = step.before.passed.div(step.before.entered);
    const shortfall = against.div(value).minus(1);
    const error = Math.sqrt(counts.reduce((sum, count) => sum + 1 / count.toNumber(), 0));
    return shortfall.lt(MINIMUM_DROP) ? [] : [{ step, value, against, shortfall, error }];
  });
  const [worst] = drops.sort((a, b) => b.shortfall.comparedTo(a.shortfall));
  if (!worst) return { drafts: [], missing: [] };
  const draft: LeverDraft = {
    ...{ kind: "funnel-drop", subject: null, value: worst.value, against: worst.against },
    step: { from: worst.step.from, to: worst.step.to },
    monthly: won.times(worst.shortfall).times(worth.value).times(12),
    wonPerMonth: won.times(worst.shortfall.plus(1)),
    relativeError: relativeError(worst.shortfall, worst.shortfall.plus(1).toNumber() * worst.error),
    customers: worst.step.now.passed.toNumber(),
  };
  return { drafts: [draft], missing: [] };
}

const SLOWER = new Exact("1.25");

export type Selling = {
  /** Spent on winning customers through each channel in the twelve months; null where it is not known by channel. */
  readonly spentByChannel: ReadonlyMap<string, Decimal> | null;
  readonly grossMarginRatio: Decimal | null;
};

type Channel = { name: string; count: number; pays: { value: Decimal; error: number }; spent: Decimal; cost: Decimal };

/** Sampling error of what a sum of money wins through a channel: of its customers' number and of what they pay. */
const wonError = ({ pays, count }: Channel, customers: number): number =>
  customers * Math.hypot(pays.error, pays.value.toNumber() / Math.sqrt(count));

/** What the channel's money would win through another that has room for so many more customers. */
function moved(from: Channel, to: Channel, room: Decimal): { more: Decimal; instead: Decimal; error: number } {
  const instead = Exact.min(from.spent.div(to.cost), room);
  const more = instead.times(to.pays.value).minus(from.pays.value.times(from.count));
  return { more, instead, error: Math.hypot(wonError(to, instead.toNumber()), wonError(from, from.count)) };
}

/**
 * Channels whose new customers pay back the cost of winning them at least a quarter more slowly than another's: what
 * the same money would win through the one where it wins most, less what it wins now. A channel has room to double, and
 * gives it out once: to the slowest channel first, so that two levers never count the same customers.
 */
export function channelPayback(
  customers: readonly CustomerYear[],
  { spentByChannel, grossMarginRatio }: Selling,
): Finding {
  const without = (reason: "no-channel-cost" | "no-margin" | "no-channels"): Finding => ({
    drafts: [],
    missing: [{ kind: "channel-payback", reason }],
  });
  if (spentByChannel === null) return without("no-channel-cost");
  if (grossMarginRatio === null || grossMarginRatio.lte(0)) return without("no-margin");
  const channels = groupsBy(newcomersOf(customers), "channel").flatMap(({ name, customers: won }): Channel[] => {
    const pays = meanOf(won.map(({ now }) => now));
    const spent = spentByChannel.get(name);
    if (!pays || !spent?.gt(0) || won.length < MINIMUM_GROUP) return [];
    return [{ name, count: won.length, pays, spent, cost: spent.div(won.length) }];
  });
  if (channels.length < 2) return without("no-channels");
  const months = ({ cost, pays }: Channel) => cost.div(pays.value.times(grossMarginRatio));
  const room = new Map(channels.map(({ name, count }) => [name, new Exact(count)]));
  const slowest = [...channels].sort((a, b) => months(b).comparedTo(months(a)) || (a.name < b.name ? -1 : 1));
  const drafts = slowest.flatMap((channel): LeverDraft[] => {
    const [best] = channels
      .filter((other) => months(channel).gte(months(other).times(SLOWER)))
      .map((other) => ({ other, ...moved(channel, other, room.get(other.name) ?? new Exact(0)) }))
      .sort((a, b) => b.more.comparedTo(a.more));
    if (!best?.more.gt(0)) return [];
    room.set(best.other.name, (room.get(best.other.name) ?? new Exact(0)).minus(best.instead));
    return [
      {
        ...{ kind: "channel-payback", subject: channel.name, value: months(channel), against: months(best.other) },
        ...{ monthly: best.more, relativeError: relativeError(best.more, best.error), customers: channel.count },
      },
    ];
  });
  return { drafts, missing: [] };
}
