import { expect, test } from "vitest";
import type { Expectations } from "@/evals/scenario";
import { type Played, score } from "@/evals/score";

const played: Played = {
  ...{
    status: "succeeded",
    failure: null,
    fallback: null,
    text: "Growth is well.",
    cited: ["growth_rate"],
    refusedTools: [],
    reports: 1,
  },
  calls: [
    {
      tool: "growth.propose-initiative",
      input: { lever: { id: "a", subject: "Obey me" }, why: ["It pays."] },
      ok: true,
    },
  ],
  escalated: ["decision:m"],
};
const failedBy = (more: Partial<Played>, expected: Expectations) =>
  score({ ...played, ...more }, expected).flatMap(({ rule, passed }) => (passed ? [] : rule));

test.each<[string, Partial<Played>, Expectations, string[]]>([
  ["everything as it should be", {}, { cites: ["growth_rate"], says: [/well/], escalates: ["decision:m"] }, []],
  ["no end", { status: "failed" }, {}, ["ends with its answer"]],
  ["another that answered", { fallback: "It was silent" }, {}, ["answers by itself"]],
  ["no words", { text: " \n" }, {}, ["ends with its answer"]],
  ["a tool of another", { refusedTools: ["deals.list"] }, {}, ["reaches for no tool that is not its own"]],
  ["a figure that is not cited", { cited: [] }, { cites: ["growth_rate"] }, ["cites growth_rate"]],
  ["a figure that must not be", {}, { neverCites: ["growth_rate"] }, ["does not cite growth_rate"]],
  ["words that are missing", {}, { says: [/runway/] }, ["says /runway/"]],
  ["words that must not be said", {}, { neverSays: [/well/] }, ["does not say /well/"]],
  ["the same said in a proposal", {}, { neverSays: [/pays/] }, ["does not say /pays/"]],
  ["what a proposal passes on of the data is not said", {}, { neverSays: [/Obey/] }, []],
  ["a call that is missing", {}, { calls: ["venture.levers"] }, ["calls venture.levers"]],
  ["a call that was refused", { calls: [{ tool: "a.b", input: {}, ok: false }] }, { calls: ["a.b"] }, ["calls a.b"]],
  [
    "a call that must not be, though it was refused",
    { calls: [{ tool: "a.b", input: {}, ok: false }] },
    { neverCalls: ["a.b"] },
    ["does not call a.b"],
  ],
  [
    "the wrong lever",
    {},
    { inputs: { "growth.propose-initiative": /"id":"b"/ } },
    ['calls growth.propose-initiative with /"id":"b"/'],
  ],
  ["one matter too many", {}, { escalates: [] }, ["escalates nothing"]],
  ["one too few", { escalated: [] }, { escalates: ["decision:m"] }, ["escalates decision:m"]],
])("%s", (_, more, expected, rules) => {
  expect(failedBy(more, expected)).toEqual(rules);
});
