import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { buyerFiguresOn, getBuyersPage } from "@/lib/buyers/queries";
import { FIT_LABELS } from "@/lib/buyers/rules/fit";
import { STAGE_LABELS } from "@/lib/buyers/rules/outreach";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Figure } from "@/lib/figures/schema";
import { withChartFigures } from "@/lib/metrics/queries/chart-figures";
import { atOneMoment, computePerformance, todayOf } from "@/lib/metrics/queries/performance";
import { type ChartSeries, figuresByKey } from "@/lib/metrics/rules/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import { getAssessment, type LoadedAssessment } from "@/lib/readiness/queries/assessment";
import { getAssessedCase } from "@/lib/stage/queries/exit-case";
import { computeValuation, loadKept } from "@/lib/valuation/queries/compute";
import { partOf } from "@/lib/valuation/rules/venture-figures";
import type { ExitDocumentFacts, ListedBuyer, ReadinessFacts } from "../rules/exit/facts";
import { chart } from "../rules/performance-dashboard";
import type { ExitDocument } from "../schema/exit-documents";
import { loadPackage } from "./exit-package";
import { loadOptimization } from "./exit-plan";

/** What a buyer looks at first, without what would weaken the seller (how long the cash lasts); what is unknown is marked in the draft. */
const MEASURES: readonly (readonly [key: string, label: string])[] = [
  ["revenue_12m", "Revenue, last twelve months"],
  ["growth_rate", "Growth over a year"],
  ["arr", "Annual recurring revenue"],
  ["gross_margin_ratio", "Gross margin"],
  ["net_revenue_retention", "Net revenue retention"],
  ["customers", "Paying customers"],
  ["ebitda_12m", "EBITDA, last twelve months"],
  ["customer_concentration", "Share of the three largest customers"],
  ["logo_churn", "Customers lost over the year"],
];

const MODELS: Readonly<Record<string, string>> = { saas: "software-as-a-service" };
const COUNTRIES = new Intl.DisplayNames("en-GB", { type: "region" });

/** As many steps as can be begun in the profile's period. */
const MOST_STEPS = 8;
const DRIVERS: Readonly<Record<string, string>> = {
  ...{ flows: "Cash flows", growth: "Growth in perpetuity", multiple: "Exit multiple", rate: "Cost of capital" },
};

/** The ends of each driver that the valuation varied. */
function driversOf(figures: readonly Figure[]): ExitDocumentFacts["plan"]["drivers"] {
  const at = (key: string, end: string) =>
    figures.find((figure) => partOf(figure) === `tornado.${key}.${end}` && figure.value !== null)?.id ?? null;
  return Object.entries(DRIVERS)
    .map(([key, label]) => ({ label, low: at(key, "low"), high: at(key, "high") }))
    .filter(({ low, high }) => low !== null || high !== null);
}

const TRUST: Readonly<Record<string, string>> = {
  A: "documented",
  B: "reported",
  C: "a guess",
};

/** The buyers of the venture's own page with the figures that it shows. */
async function buyersOf(actor: Actor, ventureId: string, now: Date) {
  const { buyers, today } = await getBuyersPage(actor, ventureId, now);
  const figures = (await db.$transaction((tx) => buyerFiguresOn(tx, ventureId, { day: today }))) ?? [];
  const known = (view: { id: string; value: string | null }) => (view.value === null ? null : view.id);
  const listed = buyers.map(
    (one): ListedBuyer => ({
      ...{ name: one.name, kind: one.kind, country: one.country, tier: one.tier, why: one.reason },
      ...{ stage: STAGE_LABELS[one.stage], owner: one.owner, nextStep: one.nextStep, nextOn: one.nextOn },
      evidence: one.claims.map(({ criterion, claim, tier, source, dated }) => ({
        ...{ claim: `${FIT_LABELS[criterion]}: ${claim}`, tier: TRUST[tier] ?? tier, source, asOf: dated },
      })),
      ...{ score: known(one.score), certainty: known(one.certainty), capacity: known(one.capacity) },
    }),
  );
  return { listed, figures };
}

const CHARTS: readonly string[] = ["revenue", "mrr"];
/** The lines that a buyer asks for; each point opens to its figure. */
const chartsOf = (series: readonly ChartSeries[]) =>
  series.filter(({ key, points }) => CHARTS.includes(key) && points.some(({ value }) => value !== null)).map(chart);

type Loaded = { facts: Partial<ExitDocumentFacts>; figures: readonly Figure[] };
type Asked = { actor: Actor; ventureId: string; now: Date };

const known = (figure: Figure | undefined) => (figure && figure.value !== null ? figure.id : null);

async function performanceOf({ ventureId, now }: Asked): Promise<Loaded> {
  const { figures, series } = await atOneMoment(async (tx) => {
    const computed = await computePerformance(tx, ventureId, null, now);
    return { ...computed, series: await withChartFigures(tx, computed.venture, computed.series, computed.asOf) };
  });
  const byKey = new Map(figuresByKey(figures));
  const performance = MEASURES.map(([key, label]) => ({ label, figure: byKey.get(key)?.id ?? null }));
  return { facts: { performance, charts: chartsOf(series) }, figures };
}

async function readinessOf({ actor, ventureId, now }: Asked): Promise<Loaded> {
  return toldReadiness((await getAssessment(actor, ventureId, now)).assessment);
}

function toldReadiness(assessment: LoadedAssessment): Loaded {
  const { score, coverage, scored, components, lines, ranked, figures } = assessment;
  const labels = new Map(components.map(({ id, label }) => [id, label]));
  const steps = ranked
    .slice(0, MOST_STEPS)
    .map(({ label, toDo, points, worth }) => ({ label, toDo, points: known(points), worth: known(worth) }));
  const readiness: ReadinessFacts = {
    ...{ score: known(score), coverage: known(coverage), band: scored.band },
    components: components.map(({ label, figure }) => ({ label, figure: figure.id })),
    lines: lines.map(({ criterion, figure, answeredBy, measure, given, stale, gate }) => ({
      ...{ label: criterion.label, component: labels.get(criterion.component) ?? "", figure: known(figure) },
      ...{ by: answeredBy, stale, gate },
      evidence: answeredBy === "data" ? (measure?.label ?? null) : (given?.evidence[0]?.label ?? null),
    })),
  };
  return { facts: { readiness, plan: { steps, drivers: [] } }, figures };
}

/** Readiness and the case for an exit, which rests on it. */
async function assessedCaseOf({ actor, ventureId, now }: Asked): Promise<Loaded> {
  const { assessment, exit } = await getAssessedCase(actor, ventureId, now);
  const ready = toldReadiness(assessment);
  const { figures, valuedOn, criteria, told } = exit;
  const { equity, equityLow, equityHigh } = figures;
  const value = { equity: known(equity), low: known(equityLow), high: known(equityHigh), valuedOn };
  return { facts: { ...ready.facts, value, criteria }, figures: [...ready.figures, ...told] };
}

/** What each document says, and so what is loaded for it and no more. */
const LOADERS = {
  performance: performanceOf,
  readiness: readinessOf,
  assessedCase: assessedCaseOf,
  room: async ({ actor, ventureId, now }: Asked): Promise<Loaded> => {
    const { timeZone } = await db.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { timeZone: true } });
    const room = await loadPackage(actor, ventureId, todayOf({ timeZone }, now));
    return { facts: { room: room.facts }, figures: room.figures };
  },
  buyers: async ({ actor, ventureId, now }: Asked): Promise<Loaded> => {
    const { listed, figures } = await buyersOf(actor, ventureId, now);
    return { facts: { buyers: listed }, figures };
  },
  plan: async ({ actor, ventureId, now }: Asked): Promise<Loaded> => {
    const { facts, figures } = await loadOptimization(actor, ventureId, now);
    return { facts: { optimization: facts }, figures };
  },
  // What moves the value is not simulated.
  valuation: async ({ ventureId }: Asked): Promise<Loaded> => {
    const figures = await atOneMoment(async (tx) => {
      const venture = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
      const kept = await loadKept(tx, ventureId, null);
      return kept ? (await computeValuation(tx, venture, kept, { draws: false })).figures : [];
    });
    return { facts: { plan: { steps: [], drivers: driversOf(figures) } }, figures };
  },
} as const;
type Part = keyof typeof LOADERS;

const PARTS: Readonly<Record<ExitDocument, readonly Part[]>> = {
  "exit-readiness-report": ["assessedCase"],
  "valuation-optimization-plan": ["assessedCase", "plan", "valuation"],
  "due-diligence-package": ["room"],
  "target-buyer-list": ["buyers"],
  "exit-teaser": ["performance"],
  "information-memorandum": ["performance"],
};

const NOTHING: Omit<ExitDocumentFacts, "venture" | "summary" | "sector" | "businessModel" | "country" | "foundedOn"> = {
  ...{ performance: [], charts: [], criteria: [], room: null, optimization: null, buyers: [] },
  value: { equity: null, low: null, high: null, valuedOn: null },
  readiness: { score: null, coverage: null, band: null, components: [], lines: [] },
  plan: { steps: [], drivers: [] },
};

/** Everything that one of the documents says, and the figures that it may quote. */
export async function loadExitDocumentFacts(
  actor: Actor,
  ventureId: string,
  kind: ExitDocument,
  now: Date,
): Promise<{ facts: ExitDocumentFacts; figures: Figure[] }> {
  const venture = maySeeVenture(actor, ventureId) ? await db.venture.findUnique({ where: { id: ventureId } }) : null;
  if (!venture) throw new AppError("NOT_FOUND");
  const parts = await Promise.all(PARTS[kind].map((part) => LOADERS[part]({ actor, ventureId, now })));
  const { name, summary, sector, foundedOn } = venture;
  const businessModel = MODELS[venture.businessModel] ?? venture.businessModel;
  const country = COUNTRIES.of(venture.country) ?? venture.country;
  const plans = parts.flatMap(({ facts }) => facts.plan ?? []);
  return {
    facts: {
      ...NOTHING,
      ...{ venture: name, summary, sector, businessModel, country, foundedOn: foundedOn && dayText(foundedOn) },
      ...Object.assign({}, ...parts.map(({ facts }) => facts)),
      plan: { steps: plans.flatMap(({ steps }) => steps), drivers: plans.flatMap(({ drivers }) => drivers) },
    },
    figures: parts.flatMap(({ figures }) => figures),
  };
}
