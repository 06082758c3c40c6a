import "server-only";
import { getBuyersPage } from "@/lib/buyers/queries";
import { STAGE_LABELS } from "@/lib/buyers/rules/outreach";
import { getReadinessPage } from "@/lib/readiness/queries/readiness-page";
import { COMPONENT_LABELS } from "@/lib/readiness/rules/criteria";
import { findPlan } from "@/lib/valuation/queries/optimization-page";
import { day, type ExportCell, figureCells, figureColumns, number } from "../../rules/export-table";
import { exportTable, ofVenture, ventureInSight } from "./table";

const columns = (labels: string) => labels.split(",").map((label) => ({ label }));

/** Every criterion of exit readiness with its score, who answered it and on what. */
export const readiness = exportTable({
  query: ofVenture,
  open: async ({ actor, now }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const { lines } = await getReadinessPage(actor, venture.id, now);
    const rows = lines.map(({ criterion, figure, measure, answeredBy, given, gate, stale }): ExportCell[] => [
      ...[COMPONENT_LABELS[criterion.component], criterion.label, number(criterion.weight)],
      ...[...figureCells(figure, null), answeredBy, gate ? "red flag" : stale ? "old evidence" : null],
      ...figureCells(measure, null),
      given?.rationale ?? null,
      given?.evidence.map(({ label, date }) => `${label} (${date})`).join("; ") ?? null,
    ]);
    return {
      ...{ title: "Exit readiness", subject: venture.slug, ventureId: venture.id, rows },
      columns: [
        ...columns("Component,Criterion,Weight"),
        ...[...figureColumns("Score"), ...columns("Answered by,Mark"), ...figureColumns("Measure")],
        ...columns("Why,Evidence"),
      ],
    };
  },
});

/** The target list with tier, fit and how far it is trusted, then who is out and why. */
export const buyers = exportTable({
  query: ofVenture,
  open: async ({ actor, now }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const page = await getBuyersPage(actor, venture.id, now);
    const rows = page.buyers.map((one): ExportCell[] => [
      ...[one.tier, number(one.rank), one.name, one.kind, one.country, one.sectors.join("; "), one.reason],
      ...[...figureCells(one.score, null), ...figureCells(one.certainty, null), ...figureCells(one.capacity, null)],
      ...[one.fit, number(one.deals36m), STAGE_LABELS[one.stage], one.owner, one.nextStep, day(one.nextOn)],
      ...[one.factsSource, day(one.factsAsOf)],
    ]);
    return {
      ...{ title: "Buyers", subject: venture.slug, ventureId: venture.id, rows },
      columns: [
        ...columns("Tier,Rank,Buyer,Kind,Country,Sectors,Why"),
        ...[...figureColumns("Fit"), ...figureColumns("Certainty"), ...figureColumns("Capacity")],
        ...columns("Antitrust,Deals in 36 months,Stage,Owner,Next step,Next on,Source,As of"),
      ],
    };
  },
});

/** What could be done about the value, what it costs, and its place in the plan. */
export const plan = exportTable({
  query: ofVenture,
  open: async ({ actor, now }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const page = await findPlan(actor, venture.id, now);
    const rows = (page?.lines ?? []).map((one): ExportCell[] => [
      ...[number(one.place?.number ?? null), one.label, one.kind, one.step, number(one.size), number(one.hours)],
      ...[...figureCells(one.derivative, null), ...figureCells(one.effect, null), ...figureCells(one.cost, null)],
      ...[...figureCells(one.perCost, null), number(one.months), day(one.place?.startsOn ?? null)],
      ...[day(one.place?.showsOn ?? null), one.outReason],
    ]);
    return {
      ...{ title: "Optimization plan", subject: venture.slug, ventureId: venture.id, rows },
      columns: [
        ...columns("Place,Lever,Kind,A step,Steps,Hours"),
        ...[...figureColumns("Value per step"), ...figureColumns("Value as planned"), ...figureColumns("Cost")],
        ...[...figureColumns("Value for cost"), ...columns("Months until it shows,Starts,Shows,Why it is out")],
      ],
    };
  },
});
