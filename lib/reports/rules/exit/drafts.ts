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
  const { venture, summary, sector, businessModel, country, foundedOn, performance, charts } = facts;
  return [
    say(
      "Draft for those who signed the NDA. On purpose it holds no valuation, for the price is the buyer's to name, and neither the holding's own score of readiness nor the time for which the cash lasts.",
    ),
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
    heading("Plan and outlook"),
    say(MISSING),
    heading("The transaction"),
    say(`What is sold, timetable and conditions: ${MISSING}`),
  ];
}
