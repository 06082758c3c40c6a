import { describe, expect, test } from "vitest";
import { figureReference } from "@/lib/figures/schema";
import { LEVER_KINDS } from "@/lib/growth/schema";
import { memoContentSchema } from "../schema";
import type { ProposedLever } from "../schema/levers";
import { type InitiativeFacts, initiativeMemo, withQuotes } from "./initiative-memo";
import { changesBetween, contentProblems, quotedFigures, stakeAgain, withFigures } from "./memo-content";

const id = (digit: string) => digit.repeat(16);
const lever = (kind: ProposedLever["kind"]): ProposedLever => ({
  id: `${kind}:small`,
  kind,
  subject: "Small business",
  figures: {
    ...{ cost: id("a"), effect: id("b"), effectLow: id("c"), effectHigh: id("d") },
    ...{ roi: null, measure: id("e"), against: id("f"), target: null },
  },
});
const facts = (kind: ProposedLever["kind"]): InitiativeFacts => ({
  lever: lever(kind),
  ventureName: "Lumen Health",
  recommendation: `It brings ${figureReference(id("b"))}.`,
  why: [],
  dissent: [],
  artefactId: null,
  currency: "EUR",
  budgetMinor: 4_200_000n,
  targetValue: "0.92",
});

describe.each(LEVER_KINDS)("the memo of %s", (kind) => {
  const { title, content } = initiativeMemo(facts(kind));
  const revisions = new Map("abcdef".split("").map((digit) => [id(digit), 3]));
  const complete = withQuotes(content, revisions);

  test("is complete, and holds no number that is not a figure or a day count", () => {
    expect(memoContentSchema.safeParse(complete).success).toBe(true);
    expect(complete && contentProblems(complete)).toEqual([]);
    const texts = [title, content.reversibility, ...content.onApproval, ...content.options.map((o) => o.text)];
    expect(texts.join(" ").replace(/\[\[fig:[0-9a-f]+\]\]/g, "")).not.toMatch(/\d/);
  });

  test("quotes every figure once", () => {
    const quoted = quotedFigures(content);
    expect(new Set(quoted).size).toBe(quoted.length);
    expect(withQuotes(content, new Map())).toBeNull();
  });
});

const content = withQuotes(
  initiativeMemo(facts("retention-gap")).content,
  new Map("abcdef".split("").map((digit) => [id(digit), 1])),
);

test("a memo without doing nothing, or without an option to carry out, cannot be decided on", () => {
  if (!content) throw new Error("no content");
  const [start, nothing] = content.options;
  if (!start || !nothing) throw new Error("no options");
  expect(contentProblems({ ...content, options: [start, { ...start, id: "other" }] })).toHaveLength(1);
  expect(contentProblems({ ...content, recommendedOption: "none" })).toHaveLength(1);
  expect(contentProblems({ ...content, quotes: [] }).length).toBeGreaterThan(0);
});

test("newer figures renew budget and target; an unknown one leaves them", () => {
  if (!content) throw new Error("no content");
  const quotes = content.quotes.map((quote) => ({ ...quote, revision: 2 }));
  const renewed = withFigures(content, quotes, (figure) => (figure === id("a") ? "50000.5" : null));
  expect(renewed.options[0]?.action).toMatchObject({ budgetMinor: "5000050", targetValue: "0.92" });
  const versions = [content, renewed].map((each) => ({ title: "T", content: each })) as [never, never];
  const changed = changesBetween(...versions).map((change) => change.part);
  expect(changed).toContain("Option “Start it”");
  expect(changed).toContain(`Figure ${id("a")}`);
});

test("what is at stake follows the figure that said it", () => {
  const euro = (value: string | null, unit = "EUR") => ({ value, unit });
  const stake = { stakeMinor: 4_200_000n, stakeCurrency: "EUR" };
  const again = (before: [string, object][], after: [string, object][]) =>
    stakeAgain(stake, new Map(before) as never, new Map(after) as never).stakeMinor;
  expect(again([["a", euro("42000")]], [["a", euro("51000.5")]])).toBe(5_100_050n);
  expect(again([["a", euro("41000")]], [["a", euro("51000")]])).toBe(4_200_000n);
  expect(again([["a", euro("42000", "USD")]], [["a", euro("51000", "USD")]])).toBe(4_200_000n);
  expect(again([["a", euro("42000")]], [["a", euro(null)]])).toBe(4_200_000n);
  const two: [string, object][] = [
    ["a", euro("42000")],
    ["b", euro("42000")],
  ];
  expect(
    again(two, [
      ["a", euro("1")],
      ["b", euro("2")],
    ]),
  ).toBe(4_200_000n);
  expect(
    again(two, [
      ["a", euro("7")],
      ["b", euro("7")],
    ]),
  ).toBe(700n);
  const unknown = { stakeMinor: null, stakeCurrency: null };
  expect(stakeAgain(unknown, new Map([["a", euro("0")]]), new Map([["a", euro("9")]]))).toEqual(unknown);
});
