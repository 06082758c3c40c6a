import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { dollarRates } from "@/lib/decisions/queries/facts";
import { dayDate } from "@/lib/metrics/rules/periods";
import { type HoldingFacts, type Num, num, type VentureFacts } from "../../rules/weekly/facts";
import { LIGHT_NAMES, LIGHTS, worstOf } from "../../rules/weekly/status";
import { dollarTotal, type WeekScope, weekFigure } from "../../rules/weekly/weekly-figures";
import type { Week } from "../../rules/weekly/weeks";
import { workFigures } from "./decisions";
import type { Ref } from "./growth";
import { collectRegister } from "./risks";
import { factsBefore, type Gathered } from "./venture";

export const HOLDING = "holding";

/** Charts stand in the venture's own report; those of a thousand ventures would be half of the holding's row. */
const uncharted = (facts: VentureFacts): VentureFacts => ({ ...facts, charts: [] });

/** The newest revision of each venture's report of the week; of one that goes on, the previews. */
async function reportsOf(week: string, preview: boolean) {
  const rows = await db.weeklyReport.findMany({
    where: { week, ventureId: { not: null } },
    include: { revisions: { where: { revision: { gte: preview ? 0 : 1 } }, orderBy: { revision: "desc" }, take: 1 } },
  });
  return rows.flatMap(({ revisions: [newest] }) =>
    newest
      ? [{ facts: uncharted(newest.facts as unknown as VentureFacts), refs: newest.figures as unknown as Ref[] }]
      : [],
  );
}

type Pick = (facts: VentureFacts) => Num | null | undefined;

/** Low, central and high are sums over the same ventures, or they would be no range. */
const rangeOf = ({ value }: VentureFacts) => {
  const range = value?.group;
  return range && [range.low, range.central, range.high].every((one) => one?.value != null) ? range : null;
};

const TOTALS: readonly { key: string; label: string; pick: Pick }[] = [
  {
    key: "cash",
    label: "Cash",
    pick: ({ cash }) => cash.find(({ key }) => key === "cash")?.line.actual,
  },
  { key: "group.low", label: "To the group from a sale, low", pick: (facts) => rangeOf(facts)?.low },
  { key: "group", label: "To the group from a sale", pick: (facts) => rangeOf(facts)?.central },
  { key: "group.high", label: "To the group from a sale, high", pick: (facts) => rangeOf(facts)?.high },
];

const MOST_NAMED = 2;

/** A total says of whom it is. */
function exceptFor(names: readonly string[]): string {
  if (names.length === 0) return ", all ventures";
  return names.length <= MOST_NAMED
    ? `, all ventures but ${names.join(" and ")}`
    : ", of the ventures where it is known";
}

/** Sums over the ventures that have the number; which they are is said beside it. */
async function totalsOf(ventures: readonly VentureFacts[], revisions: ReadonlyMap<string, number>, day: string) {
  const active = ventures.filter(({ venture }) => venture.exitedOn === null);
  const rates = await dollarRates(
    db,
    active.map(({ venture }) => venture.currency),
    dayDate(day),
  );
  return TOTALS.flatMap(({ key, label, pick }) => {
    const parts = active.flatMap((facts) => {
      const figure = pick(facts);
      if (!figure || figure.value === null) return [];
      const held = rates.get(figure.unit);
      const [rate, rateOn] = [held?.rate.toFixed() ?? null, held?.used?.day ?? null];
      return [{ figure, rate, rateOn, revision: revisions.get(figure.id), venture: facts.venture.name }];
    });
    if (parts.length === 0) return [];
    const without = active.filter(({ venture }) => parts.every((part) => part.venture !== venture.name));
    const all = `${label}${exceptFor(without.map(({ venture }) => venture.name))}`;
    return [{ key, label: all, figure: dollarTotal(key, all, parts, day), parts }];
  });
}

/** How many ventures are at each light, and how many decisions wait in all. */
function countsOf(ventures: readonly VentureFacts[], scope: WeekScope) {
  const lights = LIGHTS.map((light) => ({
    light,
    figure: weekFigure(scope, {
      ...{ part: "lights", of: light, label: `Ventures at ${LIGHT_NAMES[light].toLowerCase()}` },
      formula: "ventures whose light is this one",
      value: ventures.filter((facts) => facts.light.light === light).length,
    }),
  }));
  const waiting = weekFigure(scope, {
    ...{ part: "waiting", label: "Decisions that wait", formula: "Σ over the ventures" },
    value: ventures.reduce((sum, { decisions }) => sum + decisions.length, 0),
  });
  return { lights, waiting };
}

/** Ventures of the week of which there is no report, by name. */
async function namesMissing(expected: readonly string[], ventures: readonly VentureFacts[]): Promise<string[]> {
  const known = new Set(ventures.map(({ venture }) => venture.id));
  const id = { in: expected.filter((one) => !known.has(one)) };
  return (await db.venture.findMany({ where: { id }, select: { name: true } })).map(({ name }) => name);
}

const worked = ({ agent, runs, failed, tokens, cost }: Awaited<ReturnType<typeof workFigures>>[number]) => ({
  ...{ agent, runs: num(runs), failed: num(failed), tokens: num(tokens), cost: num(cost) },
});

/** The holding's report of a week, from those of its ventures: the same figures, none computed anew. */
export async function gatherHolding(
  actor: Actor,
  week: Week,
  now: Date,
  expected: readonly string[],
): Promise<Gathered<HoldingFacts>> {
  const reports = await reportsOf(week.id, new Date(week.endsAt) > now);
  const ventures = reports
    .map(({ facts }) => facts)
    .filter(({ venture }) => actor.ventures === "all" || actor.ventures.includes(venture.id))
    .toSorted((a, b) => (a.venture.name < b.venture.name ? -1 : 1));
  const scope: WeekScope = { ...week, ventureId: null };
  const before = await factsBefore(db, HOLDING, week.id);
  const { lights, waiting } = countsOf(ventures, scope);
  const stored = reports.flatMap(({ refs }) => refs);
  const totals = await totalsOf(ventures, new Map(stored.map(({ id, revision }) => [id, revision])), week.endsOn);
  const work = await workFigures(db, scope);
  const light = worstOf(ventures.map((one) => one.light.light));
  return {
    stored,
    figures: [
      ...[waiting, ...lights.map(({ figure }) => figure), ...totals.map(({ figure }) => figure)],
      ...work.flatMap(({ runs, failed, tokens, cost }) => [runs, failed, tokens, cost]),
    ],
    facts: {
      ...{ kind: "holding", week, writtenAt: now.toISOString(), ventures, waitingCount: num(waiting) },
      light: { light, reasons: ventures.filter((one) => one.light.light === light).map(({ venture }) => venture.name) },
      lastLight: before ? { light: before.light.light, week: before.week.id } : null,
      missing: await namesMissing(expected, ventures),
      lights: lights.map(({ light: of, figure }) => ({ light: of, count: num(figure) })),
      totals: totals.map(({ figure, parts, ...total }) => ({
        ...{ ...total, figure: num(figure) },
        parts: parts.map(({ revision: _, ...part }) => part),
      })),
      work: work.map(worked),
      register: actor.ventures === "all" ? await collectRegister(db, { id: null, name: "The holding" }, week) : [],
    },
  };
}
