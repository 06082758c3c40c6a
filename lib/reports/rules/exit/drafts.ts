import type { ReportBlock } from "../../schema";
import { asData, bullets, type ExitDocumentFacts, figureTable, heading, MISSING, rowsOf, say } from "./facts";

/** Without the company's name: what a buyer reads before it has signed anything. */
export function teaserBlocks(facts: ExitDocumentFacts): ReportBlock[] {
  const { sector, businessModel, country, performance } = facts;
  return [
    say(
      "Draft. Neither its text nor its files name the company. It is sent to nobody before the chairman approves it.",
    ),
    heading("The opportunity"),
    say(`A ${businessModel} company in ${sector}, based in ${country}. What makes it stand out: ${MISSING}`),
    heading("Key figures"),
    figureTable("Key figures", "Measure", rowsOf(performance.slice(0, 6))),
    heading("The process"),
    say(`Contact, timetable and how to answer: ${MISSING}`),
  ];
}

export function memorandumBlocks(facts: ExitDocumentFacts): ReportBlock[] {
  const { venture, summary, sector, businessModel, country, foundedOn, performance, charts, readiness } = facts;
  return [
    say("Draft for those who signed the NDA. No valuation is in it on purpose: the price is the buyer's to name."),
    heading("Summary"),
    say(asData(summary) || MISSING),
    heading("The company"),
    bullets([
      `Name: ${asData(venture)}`,
      `Business: ${businessModel}, ${sector}`,
      `Country: ${country}`,
      `Founded: ${foundedOn ?? MISSING}`,
      `Products, market and competitors: ${MISSING}`,
      `Management and people: ${MISSING}`,
    ]),
    heading("Performance"),
    figureTable("Performance", "Measure", rowsOf(performance)),
    ...charts,
    heading("State of preparation"),
    figureTable("State of preparation", "Component", [
      ["Exit readiness", readiness.score],
      ...rowsOf(readiness.components),
    ]),
    heading("Plan and outlook"),
    say(MISSING),
    heading("The transaction"),
    say(`What is sold, timetable and conditions: ${MISSING}`),
  ];
}
