import { describe, expect, test } from "vitest";
import { EXIT_DOCUMENTS } from "../schema/exit-documents";
import { figuresOfBlocks } from "./document";
import { type ExitDocumentFacts, exitDocument } from "./exit-documents";

const id = (last: string): string => last.padStart(16, "0");
const NOTHING: ExitDocumentFacts = {
  ...{ venture: "Northwind", summary: "", sector: "software", businessModel: "saas", country: "DE", foundedOn: null },
  performance: [{ label: "Revenue", figure: null }],
  value: { equity: null, low: null, high: null, valuedOn: null },
  readiness: { score: null, components: [] },
  room: { exists: false, completeness: null, priceEffect: null, sections: [] },
  plan: { steps: [], drivers: [] },
  buyers: [],
};
const KNOWN: ExitDocumentFacts = {
  ...{ ...NOTHING, summary: "It sells.", foundedOn: "2019-01-01" },
  performance: [{ label: "Revenue", figure: id("1") }],
  value: { equity: id("2"), low: id("3"), high: id("4"), valuedOn: "2026-11-01" },
  readiness: { score: id("5"), components: [{ label: "Legal", figure: id("6") }] },
  room: {
    ...{ exists: true, completeness: id("7"), priceEffect: id("8") },
    sections: [{ title: "Tax", figure: id("9"), missing: ["Tax returns"] }],
  },
  plan: {
    steps: [{ label: "Tax in order", toDo: "File the returns", points: id("a"), worth: id("b") }],
    drivers: [{ label: "Growth", low: id("c"), high: id("d") }],
  },
  buyers: [
    { name: "Acme", kind: "strategic", tier: "short", why: "Overlap", stage: "Identified", nextStep: "Call them" },
  ],
};
const textOf = (facts: ExitDocumentFacts, kind: (typeof EXIT_DOCUMENTS)[number]) =>
  JSON.stringify(exitDocument(kind, facts).blocks);

describe("the documents of an exit", () => {
  test.each(EXIT_DOCUMENTS)("%s holds no number but figures, whatever is known", (kind) => {
    for (const facts of [NOTHING, KNOWN]) {
      const words = textOf(facts, kind)
        .replace(/\[\[fig:[0-9a-f]{16}\]\]/g, "")
        .replace(/\d{4}-\d{2}-\d{2}/g, "")
        .replace(/"level":\d/g, "");
      expect(words).not.toMatch(/\d/);
    }
  });

  test("what is not stored is marked and not invented", () => {
    expect(textOf(NOTHING, "information-memorandum")).toContain("[to be filled in: not in the stored data]");
    expect(textOf(NOTHING, "due-diligence-package")).toContain("no data room yet");
    expect(textOf(NOTHING, "target-buyer-list")).toContain("Nobody has entered a buyer");
    for (const kind of EXIT_DOCUMENTS) expect(figuresOfBlocks(exitDocument(kind, NOTHING).blocks)).toEqual([]);
  });

  test("a teaser names no company, and neither draft tells the price", () => {
    expect(textOf(KNOWN, "exit-teaser")).not.toContain("Northwind");
    for (const kind of ["exit-teaser", "information-memorandum"] as const) {
      const quoted = figuresOfBlocks(exitDocument(kind, KNOWN).blocks);
      for (const value of [id("2"), id("3"), id("4")]) expect(quoted).not.toContain(value);
    }
  });

  test("the plan lists its steps with what they are worth, and the drivers", () => {
    const quoted = figuresOfBlocks(exitDocument("valuation-optimization-plan", KNOWN).blocks);
    expect(quoted).toEqual([id("2"), id("a"), id("b"), id("c"), id("d")]);
    expect(textOf(NOTHING, "valuation-optimization-plan")).toContain("Readiness names no step");
  });

  test("the package lists its sections and names what is missing", () => {
    expect(figuresOfBlocks(exitDocument("due-diligence-package", KNOWN).blocks)).toEqual([id("7"), id("8"), id("9")]);
    expect(textOf(KNOWN, "due-diligence-package")).toContain("Tax returns");
  });
});
