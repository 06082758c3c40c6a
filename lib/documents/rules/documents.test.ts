import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DOCUMENT_KINDS } from "../schema";
import { FIELDS } from "./dictionary";
import { diff, wordsOf } from "./diff";
import { type DocumentFacts, fillTemplate, NO_DOCUMENT_FACTS } from "./fill";
import { HOUSE_TEMPLATES } from "./house";
import { type DocumentModel, linesOf, quotedIn, unquoted } from "./model";
import { redlineOf } from "./redline";
import { sendSubject } from "./send-memo";
import { parseTemplate } from "./template";
import { written } from "./values";

const facts = (more: Partial<DocumentFacts> = {}): DocumentFacts => ({
  ...NO_DOCUMENT_FACTS,
  ...more,
  fields: { ...NO_DOCUMENT_FACTS.fields, ...more.fields },
  conditions: { ...NO_DOCUMENT_FACTS.conditions, ...more.conditions },
});
const linesFor = (text: string, more: Partial<DocumentFacts> = {}) =>
  linesOf(fillTemplate(parseTemplate(text).template, facts(more), "Test").model);

describe("the language of templates", () => {
  test.each([
    ["{{buyer.shoeSize}}", 1, "There is no field “buyer.shoeSize”.", "Use a field of the list"],
    ["# A\n\n{{terms.price|loud}}", 3, "“terms.price|loud” is no way to write headline price.", "code, number"],
    ["{{terms.price", 1, "A placeholder is not closed.", "two braces"],
    ["A {{#if escrow}} b", 1, "“{{#if escrow}}” stands inside a line.", "line of its own"],
    ["# A\n{{#if escrow}}\nB", 2, "{{#if escrow}} is never closed.", "{{/if}}"],
    ["# A\n{{/if}}", 2, "{{/if}} closes nothing.", "Take it away"],
    ["# A\n{{else}}", 2, "{{else}} closes nothing.", "Take it away"],
    ["{{#if moonlight}}\nB\n{{/if}}", 1, "There is no condition “moonlight”.", "earnOut"],
    ["{{#if __proto__}}\nB\n{{/if}}", 1, "There is no condition “__proto__”.", "earnOut"],
    ["{{#each constructor}}\nB\n{{/each}}", 1, "There is no list “constructor”.", "holders"],
    ["{{holder.name}}", 1, "There is no field “holder.name”.", "Use a field of the list"],
    ["| A | B |\n| one |", 2, "The row has 1 cells.", "has 2"],
    ["**strong", 1, "Strong words do not end.", "**"],
    ["", 1, "The template is empty.", "title"],
    ["x".repeat(60_001), 1, "The template is too long.", "60000 letters"],
  ])("%j is refused by line, in words", (text, line, problem, expected) => {
    const { problems } = parseTemplate(text);
    expect(problems[0]).toMatchObject({ line, problem });
    expect(problems[0]?.expected).toContain(expected);
  });

  test("too deep and too much is said, and nothing throws", () => {
    const deep = "{{#if escrow}}\n".repeat(200);
    expect(parseTemplate(deep).problems.some(({ problem }) => problem.startsWith("Too many are open"))).toBe(true);
    expect(parseTemplate("{{x}}\n\n".repeat(500)).problems).toHaveLength(20);
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            "# a",
            "{{",
            "}}",
            "{{#if escrow}}",
            "{{else}}",
            "{{/if}}",
            "{{#each holders}}",
            "|",
            "{{/each}}",
            "| {{holder.name}} |",
            "---",
            "**",
            "\n",
            "{{buyer.name}}",
            "1. x",
            "\u0000",
          ),
        ),
        (parts) => {
          const { template } = parseTemplate(parts.join("\n"));
          fillTemplate(template, NO_DOCUMENT_FACTS, "T");
        },
      ),
    );
  });

  test("clauses stand where the terms have them and are numbered without a gap", () => {
    const text =
      "1. First.\n\n{{#if escrow}}\n2. Escrow of {{terms.escrow}}.\n{{else}}\n2. None.\n{{/if}}\n\n{{#if holdback}}\n3. Held.\n{{/if}}\n\n4. Last.";
    expect(linesFor(text, { conditions: { escrow: true }, fields: { "terms.escrow": "0.1" } }).slice(1)).toEqual([
      ...["1. First.", "2. Escrow of 10%.", "3. Last."],
    ]);
    expect(linesFor(text).slice(1)).toEqual(["1. First.", "2. None.", "3. Last."]);
  });

  test("rows are repeated, and what a fact says is never read as a template", () => {
    const text = "| Holder | Amount > |\n{{#each holders}}\n| {{holder.name}} | {{holder.atClosing}} |\n{{/each}}";
    const holders = [
      { "holder.name": "{{buyer.name}}", "holder.atClosing": "1234.5 EUR" },
      { "holder.name": "Ana", "holder.atClosing": null },
    ];
    expect(linesFor(text, { lists: { holders } }).slice(1)).toEqual([
      "Holder | Amount",
      "{{buyer.name}} | EUR 1,234.50",
      "Ana | [missing: amount to the holder at closing]",
    ]);
  });

  test.each([
    ["48500000 EUR", "money", undefined, "EUR 48,500,000.00"],
    ["48500000 JPY", "money", undefined, "JPY 48,500,000"],
    ["0.125 USD", "money", undefined, "USD 0.125"],
    ["-1.5 USD", "money", "number", "−1.50"],
    ["lots", "money", undefined, null],
    ["0.005", "percent", undefined, "0.5%"],
    ["2027-03-31", "day", undefined, "31 March 2027"],
    ["2027-03-31", "day", "iso", "2027-03-31"],
    ["2027-13-31", "day", undefined, null],
    ["18", "count", undefined, "18"],
    ["a\u0000b\nc", "text", undefined, "a b c"],
    ["  ", "text", undefined, null],
  ] as const)("%j as %s is %j", (value, kind, style, expected) => {
    expect(written(value, kind, style)).toBe(expected);
  });
});

describe("the templates of the house", () => {
  test.each(DOCUMENT_KINDS)("%s parses, and names counsel", (kind) => {
    const { template, problems } = parseTemplate(HOUSE_TEMPLATES[kind]);
    expect(problems).toEqual([]);
    const { model } = fillTemplate(template, NO_DOCUMENT_FACTS, "T");
    expect(linesOf(model)[1]).toContain("Counsel must review");
  });

  test("with nothing known, whatever the terms have, each hole is marked and listed, and no number is made up", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DOCUMENT_KINDS),
        fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
        (kind, flags) => {
          const keys = Object.keys(NO_DOCUMENT_FACTS.conditions);
          const conditions = Object.fromEntries(keys.map((key, index) => [key, flags[index] ?? false]));
          const { template } = parseTemplate(HOUSE_TEMPLATES[kind]);
          const { model, missing, used } = fillTemplate(template, facts({ conditions }), "T");
          expect(missing.map(({ field }) => field).toSorted()).toEqual(used);
          const text = linesOf(model).join("\n");
          for (const { label } of missing) expect(text).toContain(`[missing: ${label}]`);
          expect(text.replace(/^(\d+\.|\(\w+\)) /gm, "")).not.toMatch(/\d/);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a house that forgets the line gets it", () => {
    expect(linesFor("# Title\n\nText")[1]).toMatch(/^Counsel must review/);
  });

  test("every field of the dictionary is written once", () => {
    expect(new Set(FIELDS.map(({ key }) => key)).size).toBe(FIELDS.length);
  });
});

test("a basket without a cap has a clause; with a cap it stands under it", () => {
  const { template } = parseTemplate(HOUSE_TEMPLATES.loi);
  const fields = { "terms.indemnityBasket": "0.005", "terms.basket": "a deductible" };
  const text = (conditions: Record<string, boolean>) =>
    linesOf(fillTemplate(template, facts({ fields, conditions }), "Test").model).join("\n");
  const alone = text({ indemnityBasket: true });
  expect(alone).toContain("until claims together exceed 0.5% of the price, fraud excepted");
  expect(alone).toContain("No cap on the liability has been stated.");
  expect(alone).not.toContain("capped at");
  const both = text({ indemnityBasket: true, indemnityCap: true });
  expect(both).toContain("capped at");
  expect(both).not.toContain("No cap on the liability");
  expect(text({})).not.toMatch(/basket|capped/);
});

test("a number of a stored figure keeps its id through lists, and the words without ids are the same", () => {
  const { template } = parseTemplate(
    "# A\n\n{{figure.equity}}\n\n| H | A > |\n{{#each holders}}\n| {{holder.name}} | {{holder.atClosing}} |\n{{/each}}",
  );
  const given = facts({
    fields: { "figure.equity": "10 EUR" },
    lists: {
      holders: [
        { "holder.name": "A", "holder.atClosing": "1 EUR" },
        { "holder.name": "B", "holder.atClosing": "2 EUR" },
      ],
    },
    figures: { fields: { "figure.equity": "e" }, lists: { holders: [{ "holder.atClosing": "a" }, {}] } },
  });
  const { model } = fillTemplate(template, given, "Test");
  expect(quotedIn(model)).toEqual(["e", "a"]);
  expect(unquoted(model)).toEqual(fillTemplate(template, { ...given, figures: undefined }, "Test").model);
});

describe("redline", () => {
  const words = fc.array(fc.constantFrom("a", "b", "c", " ", "d e"), { maxLength: 60 });
  const side = (changes: readonly { op: string; text: string }[], drop: string) =>
    changes.filter(({ op }) => op !== drop).map(({ text }) => text);

  test("what is kept and inserted is the new text, what is kept and deleted the old", () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        const changes = diff(a, b);
        expect(side(changes, "delete")).toEqual(b);
        expect(side(changes, "insert")).toEqual(a);
      }),
    );
  });

  test("the fewest changes are found, and texts that have nothing in common are replaced", () => {
    // Myers 1986, figure 1: ABCABBA to CBABAC takes five.
    const changes = diff([..."ABCABBA"], [..."CBABAC"]);
    expect(changes.filter(({ op }) => op !== "keep")).toHaveLength(5);
    const [a, b] = ["a", "b"].map((letter) => Array.from({ length: 4_000 }, (_, i) => `${letter}${i}`));
    const replaced = diff(a ?? [], b ?? []);
    expect(side(replaced, "delete")).toEqual(b);
    expect(side(replaced, "insert")).toEqual(a);
  });

  test("words are cut so that they come together again", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(wordsOf(text).join("")).toBe(text);
      }),
    );
  });

  test("a changed number is one word out and one word in; a clause that moves down is not rewritten", () => {
    const make = (text: string): DocumentModel => fillTemplate(parseTemplate(text).template, facts(), "T").model;
    const { lines, inserted, deleted } = redlineOf(
      make("1. Price is 48,500,000.00 euro.\n\n2. The rest stays."),
      make("1. Price is 51,000,000.00 euro.\n\n2. A new one.\n\n3. The rest stays."),
    );
    expect(lines[1]?.changes).toEqual([
      { op: "keep", text: "Price is " },
      { op: "delete", text: "48,500,000.00" },
      { op: "insert", text: "51,000,000.00" },
      { op: "keep", text: " euro." },
    ]);
    expect(lines.at(-1)).toMatchObject({ label: "3.", op: "keep", changes: [{ op: "keep", text: "The rest stays." }] });
    expect({ inserted, deleted }).toEqual({ inserted: 5, deleted: 1 });
  });

  test("a replaced phrase is one out and one in", () => {
    const make = (text: string): DocumentModel => fillTemplate(parseTemplate(text).template, facts(), "T").model;
    const { lines } = redlineOf(make("At [missing: office] (the Buyer)"), make("At 88 Canal Row, London (the Buyer)"));
    expect(lines.at(-1)?.changes.map(({ op }) => op)).toEqual(["keep", "delete", "insert", "keep"]);
  });

  test("each version can be read out of the redline", () => {
    const line = fc.array(fc.constantFrom("the", "price", "1,000.00", "is", "x"), { minLength: 1, maxLength: 6 });
    const doc = fc.array(line, { minLength: 1, maxLength: 8 }).map(
      (lines): DocumentModel => ({
        title: "T",
        blocks: lines.map((words) => ({ kind: "paragraph", label: "", pieces: [{ text: words.join(" ") }] })),
      }),
    );
    fc.assert(
      fc.property(doc, doc, (a, b) => {
        const { lines } = redlineOf(a, b);
        const read = (drop: "insert" | "delete") =>
          lines.map(({ op, changes }) => side(changes, drop).join("") + (op === drop ? "" : "\n")).join("");
        expect(read("delete")).toBe(`${linesOf(b).join("\n")}\n`);
        expect(read("insert")).toBe(`${linesOf(a).join("\n")}\n`);
      }),
    );
  });
});

test("our counter to a bidder is one letter, written already or not; of other papers each is one", () => {
  const document = { id: "d1", version: 2 };
  const of = (kind: "counter-offer" | "nda", written: typeof document | null) =>
    sendSubject({ dealId: "b1", kind, document: written });
  expect(of("counter-offer", document)).toBe(of("counter-offer", null));
  expect(of("nda", document)).not.toBe(of("nda", { ...document, id: "d2" }));
});
