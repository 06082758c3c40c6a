import { asData } from "@/lib/reports/rules/weekly/blocks";
import type { RecordFacts } from "./book";
import type { Cost } from "./lots";

const costSaid = (cost: Cost): Cost =>
  cost.minor === null || cost.note === null ? cost : { ...cost, note: asData(cost.note) };

/** Words of the cap table and of people as a document says them: none can quote a figure, of this holder or of another. */
export const asSaid = (facts: RecordFacts): RecordFacts => ({
  ...facts,
  venture: asData(facts.venture),
  classNames: new Map([
    ...facts.basis.holdings.map(({ classId }) => [classId, asData(classId)] as const),
    ...[...facts.classNames].map(([id, name]) => [id, asData(name)] as const),
  ]),
  holders: facts.holders.map((one) => ({ ...one, name: asData(one.name) })),
  payments: facts.payments.map((one) => ({ ...one, label: asData(one.label) })),
  tranches: facts.tranches.map((one) => ({ ...one, label: asData(one.label), heldBy: asData(one.heldBy) })),
  lots: facts.lots.map((one) => ({ ...one, label: asData(one.label), cost: costSaid(one.cost) })),
});
