import type { DayAhead, GapLine, VentureFacts } from "./facts";
import { dayAt } from "./weeks";

/** Days to come that somebody must know, and what the report cannot say. */

const MOST = 12;

/** After the week, or after the writing of a preview, which is written within it. */
const aheadOf = ({ week, writtenAt }: Pick<VentureFacts, "week" | "writtenAt">): string =>
  writtenAt < new Date(week.endsAt).toISOString() ? dayAt(new Date(writtenAt), week.timeZone) : week.endsOn;

export function daysAhead(facts: Omit<VentureFacts, "ahead">): DayAhead[] {
  const venture = facts.venture.name;
  const day = (on: string | null | undefined, what: string): DayAhead[] => (on ? [{ on, what, venture }] : []);
  const { closing, offers } = facts.deal;
  const from = aheadOf(facts);
  const all = [
    ...facts.decisions.flatMap(({ dueOn, title }) => day(dueOn, `Decide: ${title}`)),
    ...offers.flatMap(({ bidder, validUntil, next }) => [
      ...day(validUntil, `The offer of ${bidder} ends`),
      ...(next ? day(next.on, `${bidder}: ${next.what}`) : []),
    ]),
    ...(closing ? day(closing.target, `Closing with ${closing.bidder} is expected`) : []),
    ...facts.releases.flatMap(({ dueOn, tranche }) => day(dueOn, `${tranche}: release is due`)),
    ...facts.initiatives.flatMap(({ title, reviewOn, next }) => [
      ...day(reviewOn, `Review of “${title}”`),
      ...(next ? day(next.dueOn, `${title}: ${next.title}`) : []),
    ]),
    ...facts.experiments.flatMap(({ name, plannedEnd }) => day(plannedEnd, `Experiment “${name}” is planned to end`)),
  ];
  return all
    .filter(({ on }) => on > from)
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.what < b.what ? -1 : 1))
    .slice(0, MOST);
}

/** Sections that have nothing to say because nothing is stored: said once, with the reason. */
export function sectionGaps(facts: Omit<VentureFacts, "ahead">): GapLine[] {
  const exited = facts.venture.exitedOn !== null;
  const planless =
    facts.metrics.length > 0 &&
    [...facts.metrics, ...facts.cash.map(({ line }) => line)].every(({ plan }) => plan === null);
  return [
    ...(planless ? [{ what: "Plan", why: "No plan is stored for this venture, so nothing is held against one." }] : []),
    ...(facts.readiness || exited
      ? []
      : [{ what: "Exit readiness", why: "No criterion of readiness has been answered." }]),
    ...(facts.value || exited ? [] : [{ what: "Value and waterfall", why: "No valuation has been kept." }]),
  ];
}
