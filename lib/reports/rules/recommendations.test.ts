import { expect, test } from "vitest";
import { type RecommendedLever, recommendations } from "./recommendations";

const figures = { effect: "a", effectLow: "b", effectHigh: "c", cost: "d", roi: "e" };
const ids = Object.fromEntries(Object.entries(figures).map(([part, digit]) => [part, digit.repeat(16)]));
const lever = (change: Partial<RecommendedLever> = {}): RecommendedLever => ({
  ...{ kind: "retention-gap", subject: "small", chosen: true, reason: "It is worth most.", disproof: "Nothing moves." },
  figures: ids as RecommendedLever["figures"],
  ...change,
});
const initiative = {
  title: "Call them.",
  lever: "x",
  status: "running",
  statusReason: null,
  reviewOn: "2026-12-16",
  baseline: null,
  stopRule: "Stop [it].",
};
const none = { reason: null, levers: [], together: [], initiatives: [] };
const text = (facts: Parameters<typeof recommendations>[0]) => JSON.stringify(recommendations(facts));

test("the chosen come first, what was left out last, each with its figures and its disproof", () => {
  const blocks = recommendations({ ...none, levers: [lever(), lever({ subject: "large", chosen: false })] });
  expect(blocks.flatMap((block) => (block.kind === "heading" ? block.text : []))).toEqual([
    "Do next",
    "Initiatives under way",
    "Left out for now",
  ]);
  const table = blocks.find((block) => block.kind === "table");
  expect(table?.rows).toEqual([
    ["Close the gap in retention: [[name:small]]", ..."abcde"].map((cell) =>
      cell.length === 1 ? `[[fig:${cell.repeat(16)}]]` : cell,
    ),
  ]);
});

test("names and sentences of people are marked as theirs, and cannot close the mark", () => {
  const said = text({ ...none, initiatives: [initiative] });
  expect(said).toContain("**[[name:Call them]]** is running.");
  expect(said).toContain("Its stop rule: [[name:Stop  it ]].");
  expect(said).toContain("2026-12-16");
});

test.each([
  [
    { ...none, reason: "Nothing is stored from which this could be computed." },
    "No lever could be looked for: Nothing is stored",
  ],
  [none, "No lever is worth starting now."],
  [{ ...none, initiatives: [{ ...initiative, status: "done" }] }, "None is planned, running or paused."],
  [{ ...none, levers: [lever({ chosen: null, reason: null })] }, "Do next"],
  [{ ...none, levers: [lever({ kind: "new-kind", subject: null })] }, "new kind"],
])("%# says so", (facts, sentence) => {
  expect(text(facts)).toContain(sentence);
});
