import { describe, expect, test } from "vitest";
import {
  contradictionsIn,
  heldReports,
  isRecord,
  placesOf,
  type QuotedIn,
  quarrels,
  sameValue,
} from "./contradictions";

type Given = {
  report?: string;
  kind?: string;
  day?: string;
  id?: string;
  value?: string | null;
  newest?: string | null;
};

/** A figure of growth of one venture as one report quotes it. */
const quoted = (given: Given & Partial<QuotedIn["figure"]> = {}): QuotedIn => {
  const { report = "a", kind = `kind-${report}`, day = "2026-11-01", newest, ...figure } = given;
  const value = figure.value === undefined ? "0.24" : figure.value;
  return {
    report: { id: report, kind, title: `Report ${report}`, version: 1, writtenAt: `${day}T00:00:00Z` },
    under: "Summary",
    figure: {
      ...{ id: figure.id ?? "1".repeat(16), revision: 1, label: "Growth rate", unit: "ratio", asOf: "2026-10-31" },
      ...{ method: "metrics.venture.growth_rate@1", inputs: { venture: { value: "v" } } },
      ...figure,
      value,
    },
    newest: { revision: 1, value: newest === undefined ? value : newest },
  };
};

describe("two reports", () => {
  test("that say the same of one metric do not contradict each other", () => {
    expect(contradictionsIn([quoted(), quoted({ report: "b" })])).toEqual([]);
  });

  test.each<[string, Partial<Parameters<typeof quoted>[0]>]>([
    ["the same figure at another revision", { value: "0.22", newest: "0.24" }],
    [
      "another rule for the same metric",
      { id: "2".repeat(16), method: "metrics.venture.growth_rate@2", value: "0.22" },
    ],
    ["another seed", { id: "2".repeat(16), value: "0.22", inputs: { venture: { value: "v" }, seed: { value: "s" } } }],
  ])("that give two values contradict each other: %s", (_, other) => {
    const [found, ...more] = contradictionsIn([quoted(), quoted({ report: "b", day: "2026-11-05", ...other })]);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ label: "Growth rate", asOf: "2026-10-31" });
    expect(found?.sides.map(({ id, value }) => [id, value])).toEqual([
      ["b", "0.22"],
      ["a", "0.24"],
    ]);
    expect(heldReports(found ? [found] : [])).toEqual(new Set(["a", "b"]));
  });

  test.each<[string, Partial<Parameters<typeof quoted>[0]>]>([
    ["of another day", { asOf: "2026-09-30" }],
    ["of another unit", { unit: "percent" }],
    ["of another subject", { inputs: { venture: { value: "w" } } }],
    ["by another name", { label: "Growth rate of users" }],
    ["of another metric", { method: "metrics.venture.mrr_growth@1" }],
    ["that is unknown", { value: null }],
    ["that differs by less than computing twice does", { value: "0.24000000000001" }],
  ])("do not contradict each other with a value %s", (_, other) => {
    expect(contradictionsIn([quoted(), quoted({ report: "b", id: "2".repeat(16), value: "0.22", ...other })])).toEqual(
      [],
    );
  });

  test("one that puts both values side by side contradicts the one that has another, not itself", () => {
    const both = [quoted({ id: "2".repeat(16), value: "0.22" }), quoted()];
    expect(contradictionsIn(both)).toEqual([]);
    expect(contradictionsIn([...both, quoted({ report: "b", value: "0.23" })])).toHaveLength(1);
  });

  test("books of what was paid are never held", () => {
    expect(isRecord("holder-statement:EUR:ana")).toBe(true);
    expect(
      contradictionsIn([quoted(), quoted({ report: "b", kind: "distribution-record:EUR", value: "0.2" })]),
    ).toEqual([]);
  });
});

describe("one report", () => {
  test("contradicts its own figure once that says something else", () => {
    const [found] = contradictionsIn([quoted({ newest: "0.2" }), quoted({ report: "b", newest: "0.2", value: "0.2" })]);
    expect(found?.sides.map(({ id, current }) => [id, current])).toEqual(expect.arrayContaining([["a", false]]));
    const alone = contradictionsIn([quoted({ newest: "0.2" })]);
    expect(alone).toMatchObject([{ now: { value: "0.2" }, sides: [{ id: "a", value: "0.24", current: false }] }]);
  });

  test("of which the figure has become unknown is stale, not contradicted", () => {
    expect(contradictionsIn([quoted({ newest: null })])).toEqual([]);
  });
});

test("who has to write a report anew is told once, of its quarrel with another and of what it quotes wrongly by itself", () => {
  const of = (...kinds: string[]) => ({ sides: kinds.map((kind) => ({ kind })) });
  const told = quarrels([of("a", "b"), of("a"), of("b", "a"), of("c"), of("c")]);
  expect([...told].map(([kinds, all]) => [kinds, all.length])).toEqual([
    ["a|b", 3],
    ["c", 2],
  ]);
});

test("an explanation is of these values and no others", () => {
  const keyOf = (value: string) => contradictionsIn([quoted(), quoted({ report: "b", value })])[0]?.key;
  expect(keyOf("0.22")).toBe(keyOf("0.22"));
  expect(keyOf("0.22")).not.toBe(keyOf("0.21"));
});

test("the same number may be written in two ways; words are the same or not", () => {
  expect([sameValue("1", "1.0"), sameValue("0", "-0"), sameValue("sell", "wait"), sameValue("5", "wait")]).toEqual([
    ...[true, true, false, false],
  ]);
});

test("a figure stands under the heading before it", () => {
  const [one, two] = ["1".repeat(16), "2".repeat(16)];
  const places = placesOf([
    { kind: "paragraph", text: `It is [[fig:${one}]].` },
    { kind: "heading", level: 2, text: "Performance" },
    { kind: "list", ordered: false, items: [`[[fig:${one}]] and [[fig:${two}]]`] },
  ]);
  expect([...places]).toEqual([
    [one, null],
    [two, "Performance"],
  ]);
});
