import type { ReportBlock } from "../../schema";
import {
  asData,
  type ExitDocumentFacts,
  figureTable,
  heading,
  number,
  type PackageFacts,
  quote,
  rowsOf,
  say,
  text,
} from "./facts";

type Section = PackageFacts["sections"][number];

const sectionName = ({ number: at, title }: Section): string => `${at}. ${asData(title)}`;

function indexBlocks(sections: readonly Section[]): ReportBlock[] {
  return [
    heading("Index"),
    {
      kind: "table",
      caption: "Sections",
      columns: [text("Section"), text("Owner"), number("Required items filed")],
      rows: sections.map((one) => [sectionName(one), one.owner ? asData(one.owner) : "nobody yet", quote(one.figure)]),
    },
    ...sections
      .filter(({ items }) => items.length > 0)
      .flatMap((one): ReportBlock[] => [
        heading(sectionName(one), 3),
        {
          kind: "table",
          caption: sectionName(one),
          columns: [text("No."), text("Item"), text("State")],
          rows: one.items.map((item) => [item.number, asData(item.title), asData(item.state)]),
        },
      ]),
  ];
}

function findingBlocks({ findings, priceEffect }: PackageFacts): ReportBlock[] {
  if (findings.length === 0) return [heading("Findings"), say("Nothing was found that a buyer would hold against it.")];
  return [
    heading("Findings"),
    {
      kind: "table",
      caption: "Findings",
      columns: [text("Finding"), text("Severity"), text("Section"), text("State")],
      rows: findings.map((one) => [asData(one.title), one.severity, asData(one.section), one.status]),
    },
    say(`Taken together they take ${quote(priceEffect)} off the price, as far as that is known.`),
  ];
}

/** What was disclosed on a day: every document by its hash, and one file of them all. */
function archiveBlocks({ archives }: PackageFacts): ReportBlock[] {
  if (archives.length === 0) {
    return [heading("Archive"), say("The room was never frozen: no archive fixes what was disclosed yet.")];
  }
  return [
    heading("Archive"),
    {
      kind: "table",
      caption: "Frozen states",
      columns: [text("No."), text("Frozen"), text("By"), text("Why"), text("Archive, SHA-256")],
      rows: archives.map((one) => [`${one.number}`, one.frozenOn, asData(one.by), asData(one.reason), one.hash]),
    },
    ...archives.map(
      (one): ReportBlock => ({
        kind: "link",
        text: `Archive ${one.number} with its list of documents`,
        href: one.href,
      }),
    ),
  ];
}

/** The package that a buyer's lawyers ask for: how far it is, its two-level index with states, findings, archives. */
export function packageBlocks({ room }: ExitDocumentFacts): ReportBlock[] {
  if (!room) return [heading("Status"), say("There is no data room yet, so there is no package.")];
  return [
    heading("Status"),
    figureTable("Status", "Of the package", [
      ["Required items filed", room.completeness],
      ["Effect of findings on the price", room.priceEffect],
      ...rowsOf(room.counts),
    ]),
    say(`Data room for a ${room.deal}, ${room.frozen ? "frozen" : "open"} at present.`),
    ...indexBlocks(room.sections),
    ...findingBlocks(room),
    ...archiveBlocks(room),
  ];
}
