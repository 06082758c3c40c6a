import { dayOf, monthsBetween } from "./calendar";
import { customerName } from "./names";
import type { Random } from "./random";
import { type Anchor, along, type Channel, type CustomerScript, type Plan, type Segment } from "./script";

export type CustomerRow = {
  id: string;
  name: string;
  segment: string;
  country: string;
  channel: string;
  startedOn: string;
};

export type SubscriptionRow = {
  id: string;
  customerId: string;
  plan: string;
  interval: Plan["interval"];
  startOn: string;
  endOn: string | null;
  /** Per interval and unit; divisible by the months of the interval, so that a month's part is exact. */
  amountMinor: bigint;
  quantity: number;
};

export const MONTHS_OF = { month: 1, quarter: 3, year: 12 } as const;

/** The recurring amount of one month: exact by construction. */
export const monthlyOf = (row: SubscriptionRow): bigint =>
  (row.amountMinor * BigInt(row.quantity)) / BigInt(MONTHS_OF[row.interval]);

type Account = {
  row: CustomerRow;
  segment: Segment;
  channel: Channel;
  plan: Plan;
  day: number;
  since: string;
  current: SubscriptionRow | null;
  anchor: Anchor | null;
};

export type CustomerBook = {
  customers: CustomerRow[];
  subscriptions: SubscriptionRow[];
  /** Also of the customers whose segment nobody wrote down. */
  segmentOf: ReadonlyMap<string, Segment>;
  channelOf: ReadonlyMap<string, Channel>;
};

type Desk = {
  script: CustomerScript;
  random: Random;
  unit: number;
  accounts: Account[];
  subscriptions: SubscriptionRow[];
  names: Set<string>;
  priceLevel: number;
};

/** Month by month: prices rise, customers leave, grow, shrink and come back, and sales win new ones up to the target. */
export function simulateCustomers(
  script: CustomerScript,
  random: Random,
  months: readonly string[],
  unit: number,
): CustomerBook {
  const desk: Desk = { script, random, unit, accounts: [], subscriptions: [], names: new Set(), priceLevel: 1 };
  months.forEach((month, index) => {
    const ago = months.length - 1 - index;
    raisePrices(desk, month, ago);
    keepAnchors(desk, month, ago);
    for (const account of desk.accounts) if (!account.anchor) moveAccount(desk, account, month, ago);
    winCustomers(desk, month, ago, index === 0);
  });
  const byStart = (a: CustomerRow, b: CustomerRow) => (a.startedOn < b.startedOn ? -1 : a.id < b.id ? -1 : 1);
  return {
    customers: desk.accounts.map((account) => account.row).sort(byStart),
    subscriptions: desk.subscriptions,
    segmentOf: new Map(desk.accounts.map((account) => [account.row.id, account.segment])),
    channelOf: new Map(desk.accounts.map((account) => [account.row.id, account.channel])),
  };
}

const recurring = (desk: Desk): number =>
  desk.accounts.reduce((sum, { current }) => sum + (current ? Number(monthlyOf(current)) : 0), 0) / desk.unit;

function openSubscription(desk: Desk, account: Account, month: string, monthlyMinor: number, quantity: number): void {
  const months = MONTHS_OF[account.plan.interval];
  const row: SubscriptionRow = {
    id: `${desk.script.prefix}-S${String(desk.subscriptions.length + 1).padStart(5, "0")}`,
    customerId: account.row.id,
    plan: account.plan.name,
    interval: account.plan.interval,
    startOn: dayOf(month, account.day),
    endOn: null,
    amountMinor: BigInt(monthlyMinor) * BigInt(months),
    quantity,
  };
  account.current = row;
  desk.subscriptions.push(row);
}

function closeSubscription(account: Account, month: string): void {
  if (account.current) account.current.endOn = dayOf(month, account.day);
  account.current = null;
}

const tenure = (account: Account, month: string): number => monthsBetween(account.since, month);

const renewsNow = (account: Account, month: string): boolean =>
  tenure(account, month) > 0 && tenure(account, month) % MONTHS_OF[account.plan.interval] === 0;

function raisePrices(desk: Desk, month: string, ago: number): void {
  const rise = desk.script.priceRises?.find((entry) => entry.monthsAgo === ago);
  if (!rise) return;
  desk.priceLevel *= 1 + rise.rate;
  for (const account of desk.accounts) {
    const before = account.current;
    if (!before || account.anchor || tenure(account, month) < 6) continue;
    const months = BigInt(MONTHS_OF[before.interval]);
    const monthly = Math.round(Number(before.amountMinor / months) * (1 + rise.rate));
    closeSubscription(account, month);
    openSubscription(desk, account, month, monthly, before.quantity);
  }
}

function newAccount(
  desk: Desk,
  month: string,
  choice: Pick<Account, "segment" | "channel" | "plan" | "anchor">,
): Account {
  const { script, random } = desk;
  const day = random.whole(1, 28);
  const unknown = !choice.anchor && random.chance(script.unknownShare ?? 0);
  const account: Account = {
    ...choice,
    day,
    since: month,
    current: null,
    row: {
      id: `${script.prefix}-C${String(desk.accounts.length + 1).padStart(4, "0")}`,
      name: choice.anchor?.name ?? customerName(random, script.names, desk.names),
      segment: unknown ? "" : choice.segment.name,
      country: choice.anchor?.country ?? random.weighted(script.countries).name,
      channel: unknown ? "" : choice.channel.name,
      startedOn: dayOf(month, day),
    },
  };
  desk.accounts.push(account);
  return account;
}

/** Named customers follow their own steps: a change of amount is a new contract. */
function keepAnchors(desk: Desk, month: string, ago: number): void {
  for (const anchor of desk.script.anchors ?? []) {
    const started = Math.max(...anchor.steps.map(([at]) => at));
    if (ago > started) continue;
    const stepNow = anchor.steps.find(([at]) => at === ago);
    const known = desk.accounts.find((account) => account.anchor === anchor);
    if (known && !stepNow) continue;
    const account = known ?? newAccount(desk, month, { ...anchorChoice(desk.script, anchor), anchor });
    closeSubscription(account, month);
    const amount = stepNow?.[1] ?? along(anchor.steps, ago);
    if (amount > 0) openSubscription(desk, account, month, Math.round(amount * desk.unit), 1);
  }
}

function anchorChoice(script: CustomerScript, anchor: Anchor): Pick<Account, "segment" | "channel" | "plan"> {
  const segment = script.segments.find((entry) => entry.name === anchor.segment);
  const channel = script.channels.find((entry) => entry.name === anchor.channel);
  const plan = segment?.plans.find((entry) => entry.name === anchor.plan);
  if (!segment || !channel || !plan) throw new RangeError(`${anchor.name} refers to what the script does not have`);
  return { segment, channel, plan };
}

/** Young accounts leave more often than old ones. */
const ageFactor = (months: number): number => (months < 6 ? 1.5 : months < 18 ? 1 : 0.65);

function moveAccount(desk: Desk, account: Account, month: string, ago: number): void {
  const { random, script } = desk;
  const { segment, channel, current } = account;
  if (!current) {
    if (random.chance(script.winBack)) reopen(desk, account, month);
    return;
  }
  if (!renewsNow(account, month) || current.startOn.startsWith(month)) return;
  const spike = script.churnSpikes?.find((s) => s.monthsAgo === ago && (!s.segment || s.segment === segment.name));
  const exposure = MONTHS_OF[current.interval] * segment.churn * channel.churnFactor * (spike?.factor ?? 1);
  if (random.chance(Math.min(exposure * ageFactor(tenure(account, month)), 0.9))) {
    closeSubscription(account, month);
    return;
  }
  resize(desk, account, current, month);
}

function resize(desk: Desk, account: Account, current: SubscriptionRow, month: string): void {
  const { random } = desk;
  const months = MONTHS_OF[current.interval];
  const draw = random.next();
  const grows = draw < account.segment.expansion * months;
  const shrinks = !grows && draw < (account.segment.expansion + account.segment.contraction) * months;
  const step = Math.max(1, Math.round(current.quantity * (0.1 + 0.25 * random.next())));
  const quantity = grows ? current.quantity + step : current.quantity - step;
  if ((!grows && !shrinks) || quantity < 1) return;
  closeSubscription(account, month);
  openSubscription(desk, account, month, Number(current.amountMinor / BigInt(months)), quantity);
}

const listPrice = (desk: Desk, plan: Plan): number => Math.round(plan.monthlyMinor * desk.priceLevel);

function unitsFor(desk: Desk, segment: Segment, channel: Channel): number {
  const [low, high] = segment.units;
  const skewed = desk.random.next() * desk.random.next();
  return Math.max(1, Math.round((low + (high - low) * skewed) * channel.sizeFactor));
}

function reopen(desk: Desk, account: Account, month: string): void {
  const units = unitsFor(desk, account.segment, account.channel);
  account.since = month;
  openSubscription(desk, account, month, listPrice(desk, account.plan), units);
}

/** Sales stop at the target or when their hands are full; the first month holds the customers from before. */
function winCustomers(desk: Desk, month: string, ago: number, first: boolean): void {
  const { script, random } = desk;
  const target = along(script.target, ago) * (1 + 0.008 * random.noise());
  const capacity = first ? Number.POSITIVE_INFINITY : Math.round(along(script.salesCapacity, ago));
  for (let won = 0; won < capacity && recurring(desk) < target; won++) {
    const segment = random.weighted(script.segments);
    const channel = random.weighted(script.channels);
    const plan = random.weighted(segment.plans);
    const account = newAccount(desk, month, { segment, channel, plan, anchor: null });
    openSubscription(desk, account, month, listPrice(desk, plan), unitsFor(desk, segment, channel));
  }
}
