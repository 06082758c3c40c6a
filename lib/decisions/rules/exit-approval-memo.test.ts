import { expect, test } from "vitest";
import { memoContentSchema } from "../schema";
import { approvalMemo, type ExitApprovalFacts, figuresOfCase, onlyStored } from "./exit-approval-memo";
import { contentProblems } from "./memo-content";

const id = (digit: string): string => digit.repeat(16);
const FACTS: ExitApprovalFacts = {
  ...{ preparationId: "01900000-0000-7000-8000-000000000001", venture: "Northwind", currency: "EUR" },
  ...{ startedOn: "2026-03-01", valuedOn: "2026-11-01", artefactId: null },
  figures: { readiness: id("1"), equity: id("2"), equityLow: id("3"), equityHigh: id("4"), group: id("5") },
  criteria: [
    { label: "Buyers identified", met: true, missing: [] },
    { label: "Due diligence ready", met: false, missing: ["Serious findings of the review are open."] },
  ],
  values: [{ label: "Equity value", low: id("3"), central: id("2"), high: id("4") }],
  holders: [{ label: "Founders", low: id("6"), central: id("7"), high: null }],
  buyers: [
    {
      ...{ name: "Acme", kind: "financial", tier: "priority", stage: "NDA signed" },
      ...{ fit: id("8"), capacity: null },
    },
  ],
  timing: {
    ...{ verdict: "hold", reasons: ["the market is shut"], score: id("9") },
    waiting: [6, 12, 24].map((months) => ({
      ...{ months, p10: id("a"), p50: id("b"), p90: id("c"), beats: id("d"), breakEven: null },
    })),
  },
  flags: ["Litigation"],
  unanswered: ["Audited accounts"],
};
const memoOf = (facts: ExitApprovalFacts) => {
  const { content } = approvalMemo(facts);
  return memoContentSchema.parse({ ...content, quotes: figuresOfCase(facts).map((one) => ({ id: one, revision: 1 })) });
};

test("the memo carries the whole case, and every figure of it is quoted", () => {
  const memo = memoOf(FACTS);
  expect(contentProblems(memo)).toEqual([]);
  expect(memo.options.map((option) => option.id)).toEqual([
    ...["approve", "wait-6", "wait-12", "wait-24", "routes", "nothing"],
  ]);
  const table = (title: string) => memo.tables?.find((one) => one.title.startsWith(title));
  expect(table("Net proceeds")?.rows).toEqual([
    { label: "Founders", cells: [{ figure: id("6") }, { figure: id("7") }, null] },
  ]);
  expect(table("Qualified buyers")?.rows[0]?.cells.slice(0, 4)).toEqual([
    ...[{ text: "financial" }, { text: "priority" }, { text: "NDA signed" }, { figure: id("8") }],
  ]);
  expect(table("Gaps")?.rows.map(({ cells }) => cells[0])).toEqual(
    ["met", "open", "open", "open"].map((text) => ({ text })),
  );
});

test("what speaks against it is said", () => {
  const { dissent } = memoOf(FACTS);
  expect(dissent.map(({ by }) => by)).toEqual(["Exit timing", "The same facts"]);
  const clean = { ...FACTS, criteria: [], flags: [], timing: { ...FACTS.timing, verdict: "execute" as const } };
  expect(memoOf(clean).dissent).toEqual([]);
});

test("an empty case has the same parts, says what is unknown, and needs no figure", () => {
  const nothing = { ...FACTS, figures: {}, values: [], holders: [], buyers: [], valuedOn: null };
  const timing = { verdict: null, reasons: [], score: null, waiting: [] };
  const memo = memoOf({ ...nothing, timing });
  expect(contentProblems(memo)).toEqual([]);
  expect(memo.tables?.map(({ note }) => note !== null)).toEqual([true, true, true, true, false]);
  expect(memo.options.map((option) => option.id)).toEqual(["approve", "routes", "nothing"]);
});

test("figures that nobody stored are unknown", () => {
  const stored = onlyStored(FACTS, (one) => one === id("2"));
  expect(figuresOfCase(stored)).toEqual([id("2"), id("2")]);
  expect(stored.buyers[0]).toMatchObject({ name: "Acme", fit: null });
});
