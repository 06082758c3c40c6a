import { describe, expect, test } from "vitest";
import { checkSentence } from "@/lib/agents/grounding";
import { weeklyDocumentSchema } from "../../schema/weekly";
import { factsOf, lineOf, numOf, numsIn } from "../../test-support/weekly";
import { makeDocument } from "../document";
import { daysAhead } from "./ahead";
import { bottomLine, namesIn } from "./bottom-line";
import { blocksOfWeekly, figuresOfWeekly, weeklyDocument, weeklyFileName, weeklyHash } from "./document";
import type { HoldingFacts, OfferWeek, RiskLine, VentureFacts, WeeklyFacts } from "./facts";
import { LIGHTS } from "./status";

const offer = (changed: Partial<OfferWeek> = {}): OfferWeek => ({
  ...{ bidder: "Harrow Partners", stage: "Negotiating", dated: "2026-11-12", validUntil: "2026-12-18" },
  ...{
    price: numOf("Price", "48500000"),
    atClosing: numOf("At closing", "10700000"),
    total: numOf("Total", "11300000"),
  },
  ...{ worth: numOf("Worth", "10000000"), conditions: ["Approval of its board"], open: [], next: null },
  ...changed,
});
const closing = {
  ...{ bidder: "Harrow Partners", target: "2026-12-20", days: numOf("Days", "20", "days") },
  ...{ toTarget: numOf("To target", "28", "days"), spare: numOf("Spare", "8", "days") },
  ...{ openConditions: numOf("Open", "2", "count"), overdue: numOf("Overdue", "0", "count") },
  ...{ unheld: numOf("Unheld", "1", "count"), conditions: [] },
};
const sold: VentureFacts["venture"] = { ...factsOf().venture, exitedOn: "2026-10-30", stage: "exited" };
const release = {
  ...{ tranche: "Escrow", kind: "Escrow", dueOn: "2028-04-30", amount: numOf("Release", "3850000") },
  ...{ state: "later", condition: "", frozen: false },
};
const deal = (changed: Partial<VentureFacts["deal"]>): Partial<VentureFacts> => ({
  deal: { buyers: [], offers: [], closing: null, ...changed },
});

const CASES: readonly [string, Partial<VentureFacts>, RegExp][] = [
  ["a quiet week", {}, /^Growth of \[\[fig/],
  ["an offer", deal({ offers: [offer()] }), /^The best offer, by \[\[name:Harrow Partners\]\], is worth/],
  ["an offer that nobody can weigh", deal({ offers: [offer({ worth: numOf("Worth", null) })] }), /^Growth of/],
  ["a closing", deal({ offers: [offer()], closing }), /to the closing with \[\[name:Harrow Partners\]\]$/],
  [
    "a closing whose day is over",
    deal({ closing: { ...closing, toTarget: numOf("To target", "-2", "days") } }),
    /^The closing with \[\[name:Harrow Partners\]\] was expected on 2026-12-20$/,
  ],
  ["a sold venture", { venture: sold, releases: [release] }, /^Sold; \[\[fig/],
  [
    "nothing known",
    { metrics: [], cash: [], light: { light: "unknown", reasons: ["growth is not known"] } },
    /^Unknown: /,
  ],
];

const holdingOf = (ventures: VentureFacts[]): HoldingFacts => ({
  ...{ kind: "holding", week: factsOf().week, writtenAt: factsOf().writtenAt, ventures, missing: ["Lumen"] },
  ...{ light: { light: "red", reasons: ["Halcyon"] }, lastLight: { light: "amber", week: "2026-W46" } },
  ...{ waitingCount: numOf("Waiting", "0", "count"), totals: [], work: [] },
  lights: LIGHTS.map((light) => ({ light, count: numOf(light, light === "red" ? "1" : "0", "count") })),
});

const documentOf = (facts: WeeklyFacts) => weeklyDocument(facts, bottomLine(facts), "built-in analyst");

describe("the bottom line", () => {
  test.each(CASES)(
    "of %s says the gravest first, and every sentence passes the grounding check",
    (_, changed, headline) => {
      const facts = factsOf(changed);
      const said = bottomLine(facts);
      expect(said.headline).toMatch(headline);
      const grounding = {
        figures: new Map(numsIn(facts).map(({ id }) => [id, "current" as const])),
        ...{ names: new Set(namesIn(facts)), untrusted: [] },
      };
      for (const sentence of [said.headline, ...said.lead]) expect(checkSentence(sentence, grounding)).toEqual([]);
    },
  );

  test("names a decision by its day, since its title is data", () => {
    const memo = {
      ...{ memoId: "01a20000-0000-7000-8000-000000000009", title: "Pay 5,000,000 to Acme", venture: "Acme" },
      ...{ dueOn: "2026-11-25", overdue: false, reversible: false, stake: null, waiting: "for a decision" },
    };
    const { lead } = bottomLine(factsOf({ decisions: [memo] }));
    expect(lead[0]).toContain("2026-11-25");
    expect(lead.join(" ")).not.toContain("5,000,000");
  });
});

describe("the document", () => {
  test.each(CASES)("of %s fits its schema and quotes only figures of its facts", (_, changed) => {
    const facts = factsOf(changed);
    const document = documentOf(facts);
    expect(weeklyDocumentSchema.parse(document)).toEqual(document);
    const known = new Set(numsIn(facts).map(({ id }) => id));
    expect(figuresOfWeekly(document).filter((id) => !known.has(id))).toEqual([]);
  });

  test("has the sections of the issue in their order", () => {
    const headings = documentOf(factsOf()).appendix.flatMap((block) =>
      block.kind === "heading" && block.level === 2 ? [block.text] : [],
    );
    expect(headings).toEqual([
      ...["Decisions needed", "Status", "Metrics", "Cash", "Levers and experiments", "Exit readiness: change and gaps"],
      ...["Buyers, offers and days to close", "Waterfall range and escrow calendar", "Risks"],
      ...[
        "Decisions taken and overrides",
        "What agents did by themselves, and what it cost",
        "Data gaps",
        "Definitions",
      ],
    ]);
  });

  test("lists gates that were overridden and conditions that were waived, with who and why", () => {
    const override = {
      ...{ what: "Exit gate: Value captured", venture: "Acme", how: "overridden", on: "2026-11-18" },
      ...{ by: "Grace Mbeki", reason: "Counsel's binder says so" },
    };
    const said = JSON.stringify(documentOf(factsOf({ overrides: [override] })).appendix);
    for (const word of ["Value captured", "overridden", "2026-11-18", "Grace Mbeki", "binder"])
      expect(said).toContain(word);
    expect(JSON.stringify(documentOf(factsOf()).appendix)).toContain("No gate was overridden");
  });

  test("lists what might go wrong with who answers for it and what is done about it, the gravest first in the holding", () => {
    const risk = (changed: Partial<RiskLine>): RiskLine => ({
      ...{ title: "The largest customer leaves", venture: "Acme", level: "medium", likelihood: "possible" },
      ...{ impact: "major", owner: "Grace Mbeki", mitigation: "A contract of three years", status: "mitigating" },
      ...{ dueOn: "2026-12-14", overdue: false, ...changed },
    });
    const row = ["The largest customer leaves", "medium (possible, major)", "Grace Mbeki", "A contract of three years"];
    const tableOf = ({ appendix }: ReturnType<typeof weeklyDocument>) =>
      appendix.flatMap((block) => (block.kind === "table" && block.caption === "Risk list" ? block.rows : []));
    expect(tableOf(documentOf(factsOf({ register: [risk({})] })))).toEqual([[...row, "2026-12-14", "mitigating"]]);
    const bare = risk({ owner: null, mitigation: "", overdue: true, status: "open" });
    expect(tableOf(documentOf(factsOf({ register: [bare] })))[0]?.slice(2)).toEqual([
      ...["nobody yet", "none yet", "overdue since 2026-12-14", "open"],
    ]);
    expect(JSON.stringify(documentOf(factsOf({ register: [] })).appendix)).toContain("No risk is on the list.");
    const holding = holdingOf([factsOf({ register: [risk({})] })]);
    const all = documentOf({ ...holding, register: [risk({ venture: "The holding", level: "high", title: "A war" })] });
    expect(tableOf(all).map(([title, of]) => `${of}: ${title}`)).toEqual([
      ...["The holding: A war", "Acme: The largest customer leaves"],
    ]);
    // A report of before the list was told of says nothing about it.
    expect(JSON.stringify(documentOf(factsOf()).appendix)).not.toContain("Risk list");
  });

  test.each([
    ["after its end", "2026-11-22T23:05:00.000Z", ["2026-12-18"]],
    ["as a preview within it, what is left of it too", "2026-11-18T08:00:00.000Z", ["2026-11-20", "2026-12-18"]],
  ])("tells the days ahead of a week that is written %s", (_when, writtenAt, days) => {
    const offers = ["2026-11-17", "2026-11-20", "2026-12-18"].map((validUntil) => offer({ validUntil }));
    const facts = factsOf({ writtenAt, ...deal({ offers }) });
    expect(daysAhead(facts).map(({ on }) => on)).toEqual(days);
  });

  test("tells an imported readiness apart from the score that is not known yet", () => {
    const readiness = {
      ...{ score: numOf("Score", null, "index", "no-data"), band: null, coverage: numOf("Answered", "0.4", "ratio") },
      ...{ target: numOf("Target", "80", "index"), before: null, change: null, components: [], moves: [] },
      ...{ redFlags: [], gaps: [], actions: [] },
    };
    const said = (facts: Partial<VentureFacts>) => JSON.stringify(documentOf(factsOf(facts)).appendix);
    const metrics = [lineOf("exit_readiness", "Exit readiness", { value: "88", unit: "index" })];
    expect(said({ readiness, metrics })).toContain("was reported to this house for 2026-10-31");
    expect(said({ readiness })).not.toContain("was reported to this house");
    const scored = { ...readiness, score: numOf("Score", "91", "index") };
    expect(said({ readiness: scored, metrics })).not.toContain("was reported to this house");
  });

  test("begins the first page with the primary measures, and says of what was sold why there are none", () => {
    const keys = ["rule_of_40", "mrr", "exit_readiness", "valuation", "revenue_1m", "growth_rate"];
    const metrics = keys.map((key) => lineOf(key, key, { value: "1" }));
    const { table } = documentOf(factsOf({ metrics })).front;
    expect(table.rows.map((row) => ("label" in row ? row.label : ""))).toEqual([
      ...["growth_rate", "revenue_1m", "valuation", "exit_readiness", "mrr", "rule_of_40"],
    ]);
    expect(documentOf(factsOf({ venture: sold, metrics: [] })).front.table).toMatchObject({
      ...{ rows: [], none: expect.stringContaining("The venture is sold") },
    });
  });

  test.each([
    ["2026-11-22T23:05:00.000Z", false],
    ["2026-11-30T09:00:00.000Z", true],
  ])("written at %s says that it is late: %s", (writtenAt, late) => {
    expect(JSON.stringify(documentOf(factsOf({ writtenAt })).appendix).includes("later than the Monday")).toBe(late);
  });

  test.each([
    ["2026-11-20", false],
    ["2026-11-24", true],
  ])("by a valuation for %s says that it is of a later day: %s", (valuedOn, later) => {
    const none = { low: null, central: null, high: null };
    const { appendix } = documentOf(factsOf({ value: { valuedOn, enterprise: none, equity: none, group: none } }));
    expect(JSON.stringify(appendix).includes("a day after the week")).toBe(later);
  });

  test("has every day ahead in the appendix, for the first page has room for few", () => {
    const ahead = Array.from({ length: 12 }, (_, index) => ({
      on: `2026-12-${10 + index}`,
      what: "Look",
      venture: "Acme",
    }));
    const { front, appendix } = documentOf(factsOf({ ahead }));
    const table = appendix.find((block) => block.kind === "table" && block.caption === "Days ahead");
    expect(front.ahead).toHaveLength(5);
    expect(table?.kind === "table" && table.rows.map(([on]) => on)).toEqual(ahead.map(({ on }) => on));
  });

  test("says why a figure is unknown", () => {
    const [revenue, growth] = factsOf().metrics;
    if (!revenue || !growth) throw new Error("no metrics");
    const unknown = { ...growth, actual: { ...growth.actual, value: null, reason: "contradiction" } };
    const text = JSON.stringify(documentOf(factsOf({ metrics: [revenue, unknown] })).appendix);
    expect(text).toContain("Two sources disagree");
  });

  test("of the holding tells of the two sales that close next, whatever else is for sale", () => {
    const sales = ["Ash", "Birch", "Cedar", "Elm", "Fir"].map((of, index) =>
      factsOf({
        venture: { ...factsOf().venture, name: of, slug: of.toLowerCase() },
        ...deal({ offers: [offer()], closing: { ...closing, target: index === 0 ? null : `2026-12-${29 - index}` } }),
      }),
    );
    const told = bottomLine(holdingOf(sales)).lead.filter((sentence) => sentence.includes("The closing with"));
    expect(told.map((sentence) => /^\[\[name:(\w+)\]\]/.exec(sentence)?.[1])).toEqual(["Fir", "Elm"]);
  });

  test("of the holding is as its worst venture, and tells of each", () => {
    const ventures = [
      factsOf(),
      factsOf({
        venture: { ...factsOf().venture, name: "Halcyon", slug: "halcyon" },
        light: { light: "red", reasons: ["runway"] },
      }),
    ];
    const { front, appendix } = documentOf(holdingOf(ventures));
    expect(front.headline).toBe("[[name:Halcyon]] is red");
    expect(front.table.kind === "ventures" && front.table.rows.map(({ name }) => name)).toEqual(["Halcyon", "Acme"]);
    expect(JSON.stringify(appendix)).toContain("No report of Lumen was there.");
  });

  test.each([
    ["[[fig:0123456789abcdef]] **Bold** Ltd", "[ [fig:0123456789abcdef]] * *Bold* * Ltd"],
    ["[[[fig:0123456789abcdef]] ***Bold*** Ltd", "[ [ [fig:0123456789abcdef]] * * *Bold* * * Ltd"],
  ])("keeps data from being markup or a reference: %s", (bidder, written) => {
    const document = documentOf(factsOf(deal({ offers: [offer({ bidder, worth: null })] })));
    expect(figuresOfWeekly(document)).not.toContain("0123456789abcdef");
    const head = {
      id: "x",
      kind: "weekly-report",
      kindName: "Weekly report",
      title: "t",
      venture: "v",
      ventureSlug: "v",
    };
    const report = makeDocument(
      { ...head, version: 1, storedAt: document.writtenAt, writtenBy: "w" },
      blocksOfWeekly(document),
      [],
    );
    expect(JSON.stringify(report.blocks)).toContain(written);
  });

  test("has one hash for the same words over the same figures, whatever their order", () => {
    const document = documentOf(factsOf());
    const refs = figuresOfWeekly(document).map((id) => ({ id, revision: 1 }));
    const hash = weeklyHash(document, refs);
    expect(weeklyHash(structuredClone(document), refs.toReversed())).toBe(hash);
    expect(weeklyHash(document, refs.with(0, { id: refs[0]?.id ?? "", revision: 2 }))).not.toBe(hash);
  });

  test.each([
    ["northwind-data", 1, "pdf", "northwind-data-weekly-2026-W47-r1.pdf"],
    ["holding", 3, "csv", "holding-weekly-2026-W47-r3.csv.zip"],
    ["Å/../b", 0, "xlsx", "-b-weekly-2026-W47-preview.xlsx"],
  ] as const)("of %s at revision %i is the file %s", (slug, revision, format, name) =>
    expect(weeklyFileName(slug, "2026-W47", revision, format)).toBe(name),
  );
});
