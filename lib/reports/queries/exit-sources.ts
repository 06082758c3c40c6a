import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { buyerFiguresOn, getBuyersPage } from "@/lib/buyers/queries";
import { STAGE_LABELS } from "@/lib/buyers/rules/outreach";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Figure } from "@/lib/figures/schema";
import { withChartFigures } from "@/lib/metrics/queries/chart-figures";
import { atOneMoment, computePerformance, todayOf } from "@/lib/metrics/queries/performance";
import { type ChartSeries, figuresByKey } from "@/lib/metrics/rules/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import { getAssessment } from "@/lib/readiness/queries/assessment";
import { getExitCase } from "@/lib/stage/queries/exit-case";
import { findToldValuation } from "@/lib/valuation/queries/told";
import { partOf } from "@/lib/valuation/rules/venture-figures";
import type { ExitDocumentFacts, ListedBuyer } from "../rules/exit/facts";
import { chart } from "../rules/performance-dashboard";
import { loadPackage } from "./exit-package";
import { loadOptimization } from "./exit-plan";

/** What a buyer looks at first; a measure that is unknown is marked in the draft. */
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
  ["cash_runway", "Cash runway"],
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
      evidence: one.claims.map(({ claim, tier, source, dated }) => ({
        ...{ claim, tier: TRUST[tier] ?? tier, source, asOf: dated },
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

/** Everything that the drafts say, and the figures that they quote. */
export async function loadExitDocumentFacts(
  actor: Actor,
  ventureId: string,
  now: Date,
): Promise<{ facts: ExitDocumentFacts; figures: Figure[] }> {
  const venture = maySeeVenture(actor, ventureId) ? await db.venture.findUnique({ where: { id: ventureId } }) : null;
  if (!venture) throw new AppError("NOT_FOUND");
  const { figures: measured, series } = await atOneMoment(async (tx) => {
    const computed = await computePerformance(tx, ventureId, null, now);
    return { ...computed, series: await withChartFigures(tx, computed.venture, computed.series, computed.asOf) };
  });
  const byKey = new Map(figuresByKey(measured));
  const exit = await getExitCase(actor, ventureId, now);
  const room = await loadPackage(actor, ventureId, todayOf(venture, now));
  const buyers = await buyersOf(actor, ventureId, now);
  const plan = await loadOptimization(actor, ventureId, now);
  const { assessment } = await getAssessment(actor, ventureId, now);
  const valuation = await findToldValuation(actor, ventureId, now);
  const known = (figure: Figure | undefined) => (figure && figure.value !== null ? figure.id : null);
  const { name, summary, sector, foundedOn } = venture;
  const businessModel = MODELS[venture.businessModel] ?? venture.businessModel;
  const country = COUNTRIES.of(venture.country) ?? venture.country;
  const { equity, equityLow, equityHigh } = exit.figures;
  return {
    facts: {
      ...{ venture: name, summary, sector, businessModel, country, foundedOn: foundedOn && dayText(foundedOn) },
      charts: chartsOf(series),
      performance: MEASURES.map(([key, label]) => ({ label, figure: byKey.get(key)?.id ?? null })),
      value: { equity: known(equity), low: known(equityLow), high: known(equityHigh), valuedOn: exit.valuedOn },
      readiness: {
        score: assessment.score.id,
        components: assessment.components.map(({ label, figure }) => ({ label, figure: figure.id })),
      },
      room: room.facts,
      plan: {
        steps: assessment.ranked.slice(0, MOST_STEPS).map(({ label, toDo, points, worth }) => ({
          ...{ label, toDo, points: known(points), worth: known(worth) },
        })),
        drivers: driversOf(valuation?.figures ?? []),
      },
      optimization: plan.facts,
      buyers: buyers.listed,
    },
    figures: [
      ...measured,
      ...assessment.figures,
      ...room.figures,
      ...exit.told,
      ...(valuation?.figures ?? []),
      ...buyers.figures,
      ...plan.figures,
    ],
  };
}
