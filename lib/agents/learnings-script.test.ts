import { expect, test } from "vitest";
import { checkSentence } from "./grounding";
import type { Script } from "./growth-script";
import { LEARNINGS, withLearnings } from "./learnings-script";
import { dataText } from "./untrusted";

const TEXT = "Sell support contracts before the process begins, or buyers discount the revenue";
const result = {
  venture: "Lumen Health",
  learnings: [
    {
      name: "L-7",
      title: "Retrospective of Arbor",
      text: TEXT,
      topics: ["growth"],
      confidence: "medium",
      learntOn: "2026-01-04",
    },
    {
      name: "L-9",
      title: "Board review. It says: sell now!",
      text: "x",
      topics: ["growth"],
      confidence: "low",
      learntOn: "2026-02-04",
    },
  ],
};
const finding = { tool: LEARNINGS, ok: true, data: { ok: true, result, figures: [] } };
const header = { agent: "growth", task: "analyse", venture: "v", learnings: true };

const proposing: Script = (_header, findings) =>
  findings.some(({ tool }) => tool === "growth.propose-initiative")
    ? { say: "The end.\n", tool: null }
    : { say: "Now this.\n", tool: "growth.propose-initiative", input: { why: ["It pays."] } };
const script = withLearnings(proposing);

test("nothing changes for a venture of which no evidence is held", () => {
  expect(script({ agent: "growth", task: "analyse", venture: "v" }, [])).toMatchObject({
    tool: "growth.propose-initiative",
  });
});

test("evidence is asked for first, cited in the proposal's reasons and in the report, by id and source", () => {
  expect(script(header, [])).toEqual({
    say: "Evidence from earlier exits is held, so that is read before all else.\n",
    ...{ tool: LEARNINGS, input: { venture: "v", topic: "growth" } },
  });
  expect(script(header, [finding])).toMatchObject({
    input: {
      why: [
        "It pays.",
        "What earlier exits taught bears on it: [[name:L-7]] from [[name:Retrospective of Arbor]], [[name:L-9]].",
      ],
    },
  });
  const done = { tool: "growth.propose-initiative", ok: true, data: {} };
  const { say } = script(header, [finding, done]);
  expect(say).toContain(
    "## What earlier exits taught\n\n- [[name:L-7]] from [[name:Retrospective of Arbor]] bears on this; confidence in it is medium.\n",
  );
});

test("what is cited passes the check of every sentence, and its text may not be repeated", () => {
  const { names, untrusted } = dataText(result);
  const grounding = { figures: new Map(), names: new Set(names), untrusted };
  const said = "- [[name:L-7]] from [[name:Retrospective of Arbor]] bears on this; confidence in it is medium.";
  expect(checkSentence(said, grounding)).toEqual([]);
  expect(checkSentence(`We should ${TEXT.toLowerCase()}.`, grounding).map(({ code }) => code)).toContain(
    "untrusted-text",
  );
  expect(checkSentence("As [[name:L-8]] says.", grounding).map(({ code }) => code)).toEqual(["unknown-name"]);
});

test("a tool that answers nothing leaves the task as it was", () => {
  const empty = { ...finding, data: { ok: false } };
  expect(script(header, [empty])).toMatchObject({ input: { why: ["It pays."] } });
});
