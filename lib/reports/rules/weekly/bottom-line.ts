import { asData } from "./blocks";
import type {
  ClosingWeek,
  DecisionDue,
  HoldingFacts,
  MetricLine,
  Num,
  OfferWeek,
  VentureFacts,
  WeeklyFacts,
} from "./facts";
import { decisionsOf } from "./front";
import { LIGHT_NAMES } from "./status";

/**
 * What the built-in analyst writes as the Coordinator's bottom line: the gravest first, every number a figure, every name
 * of the data marked as one. The sentences pass the check of every agent's text before they are kept.
 */

export type BottomLine = { headline: string; lead: string[] };

const fig = ({ id }: Num): string => `[[fig:${id}]]`;
const name = (text: string): string => `[[name:${text}]]`;
const known = (figure: Num | null | undefined): figure is Num => figure?.value != null;

const lines = ({ metrics, cash }: VentureFacts): MetricLine[] => [...metrics, ...cash.map(({ line }) => line)];
const lineOf = (facts: VentureFacts, key: string) => lines(facts).find((one) => one.key === key);

/** A decision's title may hold digits of its own; it is told by its day instead. */
function decisionWords(decisions: readonly DecisionDue[], count: Num): string {
  const [first] = decisions;
  if (!first) return "No decision waits.";
  const late = decisions.some(({ overdue }) => overdue);
  const when = late ? `; one is overdue since ${first.dueOn}` : `; the next is due on ${first.dueOn}`;
  return `Decisions that wait: ${fig(count)}${when}.`;
}

function growthWords(facts: VentureFacts): string[] {
  const growth = lineOf(facts, "growth_rate");
  if (!growth) return [];
  if (!known(growth.actual)) return ["The growth rate is not known."];
  const level = growth.level ? `, ${growth.level.word}` : "";
  const prior = known(growth.prior) ? `; a month before it was ${fig(growth.prior)}` : "";
  return [`The growth rate is ${fig(growth.actual)}${level}${prior}.`];
}

/** Revenue of the month against its plan. */
function planWords(facts: VentureFacts): string[] {
  const revenue = lineOf(facts, "revenue_1m");
  if (!revenue || !known(revenue.actual) || !known(revenue.plan)) return [];
  return [`Revenue of the last month is ${fig(revenue.actual)}; planned was ${fig(revenue.plan)}.`];
}

const TOLD_APART: readonly string[] = ["growth_rate", "cash_runway"];
const MOST_WORRIES = 3;

/** What else stands at a level that makes the week red or amber. */
function worryWords(facts: VentureFacts): string[] {
  const bad = lines(facts).filter(
    ({ key, level, actual }) =>
      !TOLD_APART.includes(key) && known(actual) && (level?.tone === "critical" || level?.tone === "warning"),
  );
  return bad
    .slice(0, MOST_WORRIES)
    .map(({ label, actual, level }) => `${label} is ${fig(actual)}, ${level?.word ?? ""}.`);
}

function cashWords(facts: VentureFacts): string[] {
  const [cash, runway] = [lineOf(facts, "cash"), lineOf(facts, "cash_runway")];
  if (!cash || !known(cash.actual)) return ["Cash is not known."];
  if (runway?.actual.reason === "not-burning") return [`Cash is ${fig(cash.actual)} and not falling.`];
  if (!runway || !known(runway.actual)) return [`Cash is ${fig(cash.actual)}; the runway is not known.`];
  return [
    `Cash is ${fig(cash.actual)}, a runway of ${fig(runway.actual)}${runway.level ? `, ${runway.level.word}` : ""}.`,
  ];
}

/** The expected day is over and nothing has closed. */
const isPast = ({ toTarget, target }: ClosingWeek): boolean =>
  target !== null && known(toTarget) && Number(toTarget.value) < 0;

function closingWords(closing: ClosingWeek): string {
  const open = `open conditions: ${fig(closing.openConditions)}`;
  if (isPast(closing)) return `The closing with ${name(closing.bidder)} was expected on ${closing.target}; ${open}.`;
  const spare = known(closing.spare) ? `, with ${fig(closing.spare)} to spare` : "";
  const left = known(closing.toTarget) ? `is ${fig(closing.toTarget)} away${spare}` : "has no expected day yet";
  return `The closing with ${name(closing.bidder)} ${left}; ${open}.`;
}

const bestOf = (offers: readonly OfferWeek[]): OfferWeek | undefined => offers.find(({ worth }) => known(worth));

function dealWords({ week, deal: { offers, closing } }: VentureFacts): string[] {
  const told: string[] = closing ? [closingWords(closing)] : [];
  const best = bestOf(offers);
  if (!closing && best && known(best.worth)) {
    const ends = offers
      .flatMap(({ validUntil }) => (validUntil !== null && validUntil > week.endsOn ? validUntil : []))
      .toSorted()[0];
    told.push(
      `The offer of ${name(best.bidder)} leads at ${fig(best.worth)} for the group${ends ? `; the first offer ends on ${ends}` : ""}.`,
    );
  } else if (!closing && offers.length > 0)
    told.push("There are bidders, but what their offers are worth to the group is not known.");
  return told;
}

/** What of a sale comes later. */
function releaseWords({ releases }: VentureFacts): string[] {
  const [release, ...others] = releases;
  if (!release) return ["Nothing of the sale is held back any more."];
  const more = others.at(-1);
  const until = more ? `; the last of it on ${more.dueOn}` : "";
  return [`Held back of the sale, ${fig(release.amount)} is due on ${release.dueOn}${until}.`];
}

function valueWords({ value }: VentureFacts): string[] {
  const { low, central, high } = value?.group ?? { low: null, central: null, high: null };
  if (!known(central)) return [];
  const range = known(low) && known(high) ? `, between ${fig(low)} and ${fig(high)}` : "";
  return [`At the kept valuation a sale would bring the group ${fig(central)}${range}.`];
}

function readinessWords({ readiness }: VentureFacts): string[] {
  if (!readiness || !known(readiness.score)) return [];
  const gaps =
    readiness.redFlags.length > 0
      ? "; a red flag stands"
      : readiness.gaps.length > 0
        ? "; criteria are unanswered"
        : "";
  return [`Exit readiness is ${fig(readiness.score)} of ${fig(readiness.target)} asked for${gaps}.`];
}

const reason = (facts: VentureFacts): string => facts.light.reasons[0] ?? "";

function ventureHeadline(facts: VentureFacts): string {
  const { venture, deal, light } = facts;
  const growth = lineOf(facts, "growth_rate");
  const runway = lineOf(facts, "cash_runway");
  if (venture.exitedOn) {
    const [release] = facts.releases;
    return release
      ? `Sold; ${fig(release.amount)} is still to come on ${release.dueOn}`
      : "Sold; nothing is held back any more";
  }
  if (deal.closing && isPast(deal.closing))
    return `The closing with ${name(deal.closing.bidder)} was expected on ${deal.closing.target}`;
  if (deal.closing && known(deal.closing.toTarget))
    return `${fig(deal.closing.toTarget)} to the closing with ${name(deal.closing.bidder)}`;
  const best = bestOf(deal.offers);
  if (best && known(best.worth))
    return `The best offer, by ${name(best.bidder)}, is worth ${fig(best.worth)} to the group`;
  const grave = [runway, growth].find((one) => one?.level?.tone === "critical" && known(one.actual));
  if (grave) return `${grave.label} of ${fig(grave.actual)}: ${grave.level?.word ?? ""}`;
  if (light.light === "red" || light.light === "unknown")
    return `${LIGHT_NAMES[light.light]}: ${asData(reason(facts))}`;
  if (growth && known(growth.actual)) {
    const cash =
      runway && known(runway.actual)
        ? `, a runway of ${fig(runway.actual)}`
        : runway?.actual.reason === "not-burning"
          ? ", and cash is not falling"
          : "";
    return `Growth of ${fig(growth.actual)}${cash}`;
  }
  return "Too little is known to tell how it goes";
}

function ventureLead(facts: VentureFacts): string[] {
  const decided = decisionWords(facts.decisions, facts.waitingCount);
  if (facts.venture.exitedOn) return [decided, ...releaseWords(facts)];
  return [
    decided,
    ...dealWords(facts),
    ...growthWords(facts),
    ...planWords(facts),
    ...cashWords(facts),
    ...worryWords(facts),
    ...readinessWords(facts),
    ...valueWords(facts),
  ];
}

const MOST_NAMED = 3;

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

function holdingHeadline(facts: HoldingFacts): string {
  const { light } = facts.light;
  const count = facts.lights.find((one) => one.light === light)?.count;
  if (facts.ventures.length === 0 || !count) return "No venture is in Stage 40";
  if (light === "green") return "Every venture is green";
  const worst = facts.ventures.filter((one) => one.light.light === light).map(({ venture }) => name(venture.name));
  if (worst.length > MOST_NAMED) return `Ventures at ${LIGHT_NAMES[light].toLowerCase()}: ${fig(count)}`;
  return `${listed(worst)} ${worst.length === 1 ? "is" : "are"} ${LIGHT_NAMES[light].toLowerCase()}`;
}

const GRAVEST: readonly string[] = ["cash_runway", "growth_rate", "valuation_change"];
const gravity = ({ key }: MetricLine): number => (GRAVEST.includes(key) ? GRAVEST.indexOf(key) : GRAVEST.length);

/** What makes a venture red, with its figures where they are measures. */
function graveWords(facts: VentureFacts): string {
  const grave = lines(facts)
    .filter(({ level, actual }) => level?.tone === "critical" && known(actual))
    .toSorted((a, b) => gravity(a) - gravity(b));
  const told = grave.slice(0, 2).map(({ label, actual }) => `${label.toLowerCase()} ${fig(actual)}`);
  return told.length > 0 ? listed(told) : asData(reason(facts));
}

const MOST_DEALS = 2;
const closesOn = ({ deal: { closing } }: VentureFacts): string => closing?.target ?? "9999-12-31";

/** Sales under way, the next closing first: as many as the page that is forwarded has room for. */
const salesIn = ({ ventures }: HoldingFacts): VentureFacts[] =>
  ventures
    .filter(({ venture, deal }) => venture.exitedOn === null && deal.offers.length > 0)
    .toSorted((a, b) => (closesOn(a) < closesOn(b) ? -1 : closesOn(a) > closesOn(b) ? 1 : 0))
    .slice(0, MOST_DEALS);

/** What closes soon, what is wrong: the first of each. */
function holdingLead(facts: HoldingFacts): string[] {
  const told = [decisionWords(decisionsOf(facts), facts.waitingCount)];
  const worst = facts.ventures.filter(({ light }) => light.light === "red");
  for (const one of worst.slice(0, 3)) told.push(`${name(one.venture.name)} is red: ${graveWords(one)}.`);
  for (const one of salesIn(facts))
    for (const sentence of dealWords(one).slice(0, 1)) told.push(`${name(one.venture.name)}: ${sentence}`);
  const total = (key: string) => facts.totals.find((one) => one.key === key)?.figure;
  // The cash of all and the next days stand beside it, under their names.
  const [group, low, high] = [total("group"), total("group.low"), total("group.high")];
  if (known(group) && known(low) && known(high))
    told.push(
      `A sale at the kept valuations would bring the group ${fig(group)}, between ${fig(low)} and ${fig(high)}.`,
    );
  return told;
}

export const bottomLine = (facts: WeeklyFacts): BottomLine =>
  facts.kind === "venture"
    ? { headline: ventureHeadline(facts), lead: ventureLead(facts) }
    : { headline: holdingHeadline(facts), lead: holdingLead(facts) };

/** What the check must know of them: the figures that the facts hold, and the names of the data. */
export const namesIn = (facts: WeeklyFacts): string[] => {
  const of = (one: VentureFacts) => [
    one.venture.name,
    ...one.deal.offers.map(({ bidder }) => bidder),
    ...(one.deal.closing ? [one.deal.closing.bidder] : []),
  ];
  return facts.kind === "venture" ? of(facts) : facts.ventures.flatMap(of);
};
