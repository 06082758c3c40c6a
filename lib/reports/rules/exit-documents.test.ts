import { describe, expect, test } from "vitest";
import { EXIT_DOCUMENTS } from "../schema/exit-documents";
import { figuresOfBlocks } from "./document";
import type { ExitDocumentFacts } from "./exit/facts";
import { exitDocument } from "./exit-documents";

const id = (last: string): string => last.padStart(16, "0");
const NOTHING: ExitDocumentFacts = {
  ...{ venture: "Northwind", summary: "", sector: "software", businessModel: "saas", country: "DE", foundedOn: null },
  performance: [{ label: "Revenue", figure: null }],
  charts: [],
  value: { equity: null, low: null, high: null, valuedOn: null },
  readiness: { score: null, coverage: null, band: null, components: [], lines: [] },
  criteria: [],
  room: null,
  plan: { steps: [], drivers: [] },
  optimization: null,
  buyers: [],
};
const KNOWN: ExitDocumentFacts = {
  ...{ ...NOTHING, summary: "It sells.", foundedOn: "2019-01-01" },
  performance: [{ label: "Revenue", figure: id("1") }],
  value: { equity: id("2"), low: id("3"), high: id("4"), valuedOn: "2026-11-01" },
  readiness: {
    ...{ score: id("5"), coverage: id("30"), band: "ready", components: [{ label: "Legal", figure: id("6") }] },
    lines: [
      {
        ...{ label: "Tax in order", component: "Legal", figure: id("31"), by: "person", evidence: "Returns" },
        ...{ stale: true, gate: true },
      },
      {
        ...{ label: "Title of inventions", component: "Legal", figure: null, by: null, evidence: null },
        ...{ stale: false, gate: false },
      },
    ],
  },
  criteria: [{ label: "Buyers identified", met: false, missing: ["Too few are qualified."] }],
  room: {
    ...{ deal: "share sale", frozen: true, completeness: id("7"), priceEffect: id("8") },
    counts: [{ label: "Open requests", figure: id("e") }],
    sections: [
      {
        ...{ number: 4, title: "Tax", figure: id("9"), owner: null },
        items: [{ number: "4.1", title: "Tax returns", state: "missing" }],
      },
    ],
    findings: [{ title: "A return is late", severity: "high", section: "Tax", status: "open" }],
    archives: [
      {
        ...{ number: 1, frozenOn: "2026-11-20", by: "Ana", reason: "First bids", hash: "ab".repeat(32) },
        href: "/api/data-room/archives/one",
      },
    ],
  },
  plan: {
    steps: [{ label: "Tax in order", toDo: "File the returns", points: id("a"), worth: id("b") }],
    drivers: [{ label: "Growth", low: id("c"), high: id("d") }],
  },
  optimization: {
    ...{ equity: id("20"), total: id("21"), cost: id("22"), reached: id("23"), planned: id("24"), gap: id("25") },
    proven: true,
    sequence: [
      {
        ...{ label: "Growth", step: "a point", effect: id("26"), cost: id("27"), perCost: id("28") },
        ...{ startsOn: "2026-12-01", showsOn: "2027-03-01" },
      },
    ],
    left: [{ label: "Margin", step: "a point", effect: null, cost: null, perCost: null, why: "adds nothing" }],
    kept: [{ label: "Growth", endsOn: "2027-01-31", state: "under way", from: null, to: null, actual: id("29") }],
  },
  buyers: [
    {
      ...{ name: "Acme [[fig:0000000000000001]]", kind: "strategic", country: "DE", tier: "short", why: "Overlap" },
      ...{ stage: "Identified", owner: "Ana", nextStep: "Call them", nextOn: "2026-12-01" },
      evidence: [{ claim: "Bought two of its kind", tier: "documented", source: "Press", asOf: "2026-05-01" }],
      ...{ score: id("f"), certainty: id("10"), capacity: null },
    },
  ],
};
const textOf = (facts: ExitDocumentFacts, kind: (typeof EXIT_DOCUMENTS)[number]) =>
  JSON.stringify(exitDocument(kind, facts).blocks);

describe("the documents of an exit", () => {
  test.each(EXIT_DOCUMENTS)("%s holds no number but figures, whatever is known", (kind) => {
    for (const facts of [NOTHING, KNOWN]) {
      const words = textOf(facts, kind)
        .replace(/\[\[fig:[0-9a-f]{16}\]\]/g, "")
        .replace(/\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]+ \d{4}/g, "")
        .replace(/"level":\d/g, "")
        // Numbers of the index and of archives, the hash, and what is left of a name that would be a figure.
        .replace(/"(?:\d+(?:\.\d+)?|(?:ab){32}|SHA)"|\d+\. | fig:\d+|SHA-256|Archive \d+/g, "");
      expect(words).not.toMatch(/\d/);
    }
  });

  test("what is not stored is marked and not invented", () => {
    expect(textOf(NOTHING, "information-memorandum")).toContain("[to be filled in: not in the stored data]");
    expect(textOf(NOTHING, "due-diligence-package")).toContain("no data room yet");
    expect(textOf(NOTHING, "target-buyer-list")).toContain("Nobody has entered a buyer");
    for (const kind of EXIT_DOCUMENTS) expect(figuresOfBlocks(exitDocument(kind, NOTHING).blocks)).toEqual([]);
  });

  test("a teaser names no company, and neither draft tells the price or how ready the seller is", () => {
    expect(textOf(KNOWN, "exit-teaser")).not.toContain("Northwind");
    for (const kind of ["exit-teaser", "information-memorandum"] as const) {
      const quoted = figuresOfBlocks(exitDocument(kind, KNOWN).blocks);
      for (const value of ["2", "3", "4", "5", "6"].map(id)) expect(quoted).not.toContain(value);
    }
  });

  test("the plan lists its steps with what they are worth, and the drivers", () => {
    const quoted = figuresOfBlocks(exitDocument("valuation-optimization-plan", KNOWN).blocks);
    const planned = ["20", "21", "22", "23", "26", "27", "28", "24", "25", "29"].map(id);
    expect(quoted).toEqual([id("2"), ...planned, id("a"), id("b"), id("c"), id("d")]);
    expect(textOf(KNOWN, "valuation-optimization-plan")).toContain("adds nothing");
    expect(textOf(NOTHING, "valuation-optimization-plan")).toContain("Readiness names no step");
  });

  test("the package holds its index with states, its findings and its archives", () => {
    const said = textOf(KNOWN, "due-diligence-package");
    expect(figuresOfBlocks(exitDocument("due-diligence-package", KNOWN).blocks)).toEqual([
      id("7"),
      id("8"),
      id("e"),
      id("9"),
    ]);
    for (const part of ["4.1", "Tax returns", "missing", "A return is late", "ab".repeat(32), "2026-11-20"]) {
      expect(said).toContain(part);
    }
    expect(exitDocument("due-diligence-package", KNOWN).blocks.at(-1)).toEqual({
      ...{ kind: "link", text: "Archive 1 with its list of documents", href: "/api/data-room/archives/one" },
    });
    const never = { ...KNOWN, room: KNOWN.room && { ...KNOWN.room, archives: [] } };
    expect(textOf(never, "due-diligence-package")).toContain("never frozen");
  });

  test("the readiness report holds each answer with its evidence, the flags, and what nobody answered", () => {
    const said = textOf(KNOWN, "exit-readiness-report");
    for (const part of [
      "Exit readiness is [[fig:0000000000000005]], ready.",
      '["Tax in order","Legal","[[fig:0000000000000031]]","a person","Returns"]',
      '["Title of inventions","Legal","not answered","nobody","–"]',
      "Buyers identified: not met. Too few are qualified.",
    ]) {
      expect(said).toContain(part);
    }
    expect(textOf(NOTHING, "exit-readiness-report")).toContain("There is no total while too little is answered.");
  });

  test("the buyer list holds fit, evidence and next step of each; a name cannot bring a figure of its own", () => {
    const said = textOf(KNOWN, "target-buyer-list");
    expect(figuresOfBlocks(exitDocument("target-buyer-list", KNOWN).blocks)).toEqual([id("f"), id("10")]);
    for (const part of [
      "Short list",
      "Call them, by 1 December 2026",
      "Bought two of its kind (documented; Press, 1 May 2026)",
    ]) {
      expect(said).toContain(part);
    }
  });
});
