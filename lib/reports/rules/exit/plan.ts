import type { ReportBlock } from "../../schema";
import {
  asData,
  type ExitDocumentFacts,
  figureTable,
  heading,
  number,
  type OptimizationFacts,
  quote,
  say,
  text,
} from "./facts";

const effects = ({
  effect,
  cost,
  perCost,
}: OptimizationFacts["left"][number] | OptimizationFacts["sequence"][number]) => [
  ...[quote(effect), quote(cost), quote(perCost)],
];
const EFFECTS = [number("Equity gained"), number("Cost"), number("Gained per cost")];

function sequenceBlocks({ sequence, left, proven }: OptimizationFacts): ReportBlock[] {
  const placed: ReportBlock =
    sequence.length === 0
      ? say("No lever adds value within the period and the budget.")
      : {
          kind: "table",
          caption: "The sequence",
          columns: [text("Lever"), text("Step"), ...EFFECTS, text("Begins"), text("Shows")],
          rows: sequence.map((one) => [
            asData(one.label),
            asData(one.step),
            ...effects(one),
            one.startsOn,
            one.showsOn,
          ]),
        };
  const others: ReportBlock[] =
    left.length === 0
      ? []
      : [
          {
            kind: "table",
            caption: "Left out, and why",
            columns: [text("Lever"), text("Step"), ...EFFECTS, text("Why")],
            rows: left.map((one) => [asData(one.label), asData(one.step), ...effects(one), one.why]),
          },
        ];
  const how = proven
    ? "The choice is the best within the limits, by trying all that could be better."
    : "The choice is good, and not proven to be the best within the limits.";
  return [heading("The sequence"), placed, say(how), ...others];
}

function trackedBlocks({ planned, gap, kept }: OptimizationFacts): ReportBlock[] {
  if (kept.length === 0)
    return [heading("Against the plan"), say("No plan was kept yet, so there is nothing to hold today against.")];
  return [
    heading("Against the plan"),
    say(`Planned for today: ${quote(planned)}; the difference: ${quote(gap)}.`),
    {
      kind: "table",
      caption: "Steps of the plan that was kept",
      columns: [text("Lever"), text("Ends"), text("State"), number("Now")],
      rows: kept.map((one) => [
        asData(one.label),
        one.endsOn,
        one.state,
        one.actual ? quote(one.actual) : "not measured",
      ]),
    },
  ];
}

function optimizationBlocks({ optimization }: ExitDocumentFacts): ReportBlock[] {
  if (!optimization) return [];
  const { equity, total, cost, reached } = optimization;
  return [
    heading("What the plan brings"),
    figureTable("What the plan brings", "Measure", [
      ["Equity value now", equity],
      ["Gained by the plan", total],
      ["Cost of the plan", cost],
      ["Equity value after the plan", reached],
    ]),
    ...sequenceBlocks(optimization),
    ...trackedBlocks(optimization),
  ];
}

/** What raises the value most for the effort. Hours and the worth of a point are the house's own estimates. */
export function planBlocks(facts: ExitDocumentFacts): ReportBlock[] {
  const {
    plan: { steps, drivers },
    value,
    optimization,
  } = facts;
  const rows = steps.map(({ label, toDo, points, worth }) => [label, toDo, quote(points), quote(worth)]);
  return [
    say(
      value.equity
        ? `Equity is valued at ${quote(value.equity)}. What raises it most for the effort stands in the sequence; the steps of readiness below are in the order of estimated value per hour.`
        : "No valuation is kept, so what a step is worth is not known; steps stand in the order of readiness.",
    ),
    ...optimizationBlocks(facts),
    heading("Steps in order"),
    steps.length === 0
      ? say("Readiness names no step: answer its criteria first.")
      : {
          kind: "table",
          caption: "Steps in order",
          columns: [text("Criterion"), text("What to do"), number("Readiness lost"), number("Worth of an hour")],
          rows,
        },
    heading("What moves the valuation"),
    drivers.length === 0
      ? say(
          value.equity
            ? "The valuation that is kept has no drivers that could be varied."
            : "No valuation is kept, so nothing can be varied.",
        )
      : {
          kind: "table",
          caption: "What moves the valuation",
          columns: [text("Driver"), number("At its low end"), number("At its high end")],
          rows: drivers.map(({ label, low, high }) => [label, quote(low), quote(high)]),
        },
    heading("What is missing"),
    say(
      optimization
        ? "When to sell is on the page of timing; the limits and the estimates behind the sequence are on that of the plan."
        : "What a step costs in money is known once a valuation is kept. When to sell is on the page of timing.",
    ),
  ];
}
