import type { ReportBlock } from "../../schema";
import { PLAN_STEPS } from "../../schema/exit-documents";
import { type ExitDocumentFacts, heading, number, quote, say, text } from "./facts";

/** What raises the value most for the effort. Hours and the worth of a point are the house's own estimates. */
export function planBlocks({ plan: { steps, drivers }, value }: ExitDocumentFacts): ReportBlock[] {
  const rows = steps.map(({ label, toDo, points, worth }) => [label, toDo, quote(points), quote(worth)]);
  return [
    say(
      value.equity
        ? `Equity is valued at ${quote(value.equity)}. Steps are in the order of estimated value per hour; each opens to its hours and its assumption.`
        : "No valuation is kept, so what a step is worth is not known; steps stand in the order of readiness.",
    ),
    heading(PLAN_STEPS),
    steps.length === 0
      ? say("Readiness names no step: answer its criteria first.")
      : {
          kind: "table",
          caption: PLAN_STEPS,
          columns: [text("Criterion"), text("What to do"), number("Readiness lost"), number("Worth of an hour")],
          rows,
        },
    heading("What moves the valuation"),
    drivers.length === 0
      ? say("The valuation that is kept has no drivers that could be varied.")
      : {
          kind: "table",
          caption: "What moves the valuation",
          columns: [text("Driver"), number("At its low end"), number("At its high end")],
          rows: drivers.map(({ label, low, high }) => [label, quote(low), quote(high)]),
        },
    heading("What is missing"),
    say("What a step costs in money is not stored; hours stand for it. Timing is on its own page."),
  ];
}
