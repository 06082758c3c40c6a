import { describe, expect, test } from "vitest";
import {
  type FileContext,
  type FileRow,
  headerKey,
  readInitiativeFile,
  suggestTargets,
  targetProblems,
} from "./initiative-file";

const ANA = "019f0000-0000-7000-8000-00000000000a";
const context: FileContext = {
  ...{ ventureId: "019f0000-0000-7000-8000-000000000001", importKey: "f".repeat(64), today: "2026-11-22" },
  people: [
    { id: ANA, name: "Ana Moreno", email: "ana@example.org" },
    { id: "019f0000-0000-7000-8000-00000000000b", name: "Kim", email: "kim@example.org" },
    { id: "019f0000-0000-7000-8000-00000000000c", name: "Kim", email: "kim.2@example.org" },
  ],
};
const HEAD = ["Initiative", "Owner", "Budget", "KPI", "Start date", "Review dates", "Milestones", "Target", "Baseline"];
const GOOD = ["Annual plans", "ana@example.org", "12 000.50", "Net revenue retention", "2026-03-01"];
const row = (...cells: string[]): FileRow => ({ rowNumber: 2, cells });
const good = [
  ...GOOD,
  "2026-06-01; 2026-12-01; 2027-06-01",
  "Offer sent 2026-05-01 done 2026-04-28; Decided 2026-06-01",
  "1.1",
  "1.02",
];
const read = (rows: FileRow[], known: string[] = []) =>
  readInitiativeFile([{ rowNumber: 1, cells: HEAD }, ...rows], new Set(known), context);
const first = (cells: string[]) => {
  const found = read([row(...cells)]);
  return found.ok ? found.value[0] : undefined;
};
const changed = (index: number, text: string) => good.map((cell, at) => (at === index ? text : cell));

test.each([
  ["days first", "13/03/2026", "01/06/2026; 01/12/2026", "Offer sent 01/05/2026 done 28/04/2026; Decided 01/06/2026"],
  ["months first", "3/13/2026", "6/1/2026; 12/1/2026", "Offer sent 5/1/2026 done 4/28/2026; Decided 6/1/2026"],
  ["dots", "13.3.2026", "1.6.2026, 1.12.2026", "Offer sent 1.5.2026 done 28.4.2026; Decided 1.6.2026"],
  [
    "words and years first",
    "13 Mar 2026",
    "1 June 2026; 1 Dec 2026",
    "Offer sent 2026/5/1 done 2026-04-28; Decided 2026/6/1",
  ],
])("days are read as a file writes them: %s", (_how, started, reviews, milestones) => {
  const cells = good.with(4, started).with(5, reviews).with(6, milestones);
  expect(first(cells)).toMatchObject({
    ...{ state: "new", problems: [] },
    input: {
      ...{ startedOn: "2026-03-13", reviewOn: "2026-12-01" },
      milestones: [
        { title: "Offer sent", dueOn: "2026-05-01", tasks: [{ doneOn: "2026-04-28" }] },
        { title: "Decided", dueOn: "2026-06-01", tasks: [{ doneOn: null }] },
      ],
    },
  });
});

test("days that can be two are refused by name, never guessed", () => {
  const cells = good.with(4, "03/04/2026").with(5, "2026-12-01").with(6, "Decided 2026-06-01");
  expect(first(cells)).toMatchObject({ state: "rejected", input: null, problems: [{ column: "startedOn" }] });
});

test("a row becomes an initiative with owner, metric, next review, milestones and baseline", () => {
  expect(first(good)).toMatchObject({
    ...{ state: "new", problems: [] },
    input: {
      ...{ title: "Annual plans", ownerId: ANA, budget: "12000.50", metric: "net_revenue_retention" },
      ...{ reviewOn: "2026-12-01", target: "1.1", baseline: "1.02", startedOn: "2026-03-01" },
      milestones: [
        { title: "Offer sent", dueOn: "2026-05-01", tasks: [{ title: "Offer sent", doneOn: "2026-04-28" }] },
        { title: "Decided", dueOn: "2026-06-01", tasks: [{ doneOn: null }] },
      ],
    },
  });
});

describe("a row is rejected with the column and what is expected", () => {
  test.each<[string, number, string, string]>([
    ["nobody of that name", 1, "Bob", "owner"],
    ["two people of that name", 1, "Kim", "owner"],
    ["no owner", 1, "", "owner"],
    ["a budget below zero", 2, "-5", "budget"],
    ["a budget in words", 2, "lots", "budget"],
    ["no such metric", 3, "happiness", "metric"],
    ["a start to come", 4, "2027-01-01", "startedOn"],
    ["a day that does not exist", 4, "2026-02-30", "startedOn"],
    ["another way to write a day", 4, "01/03/2026", "startedOn"],
    ["a milestone without a day", 6, "Offer sent", "milestones"],
    ["a target in words", 7, "more", "target"],
    ["no title", 0, "", "title"],
  ])("%s", (_case, index, text, column) => {
    const line = first(changed(index, text));
    expect(line).toMatchObject({ state: "rejected", input: null });
    expect(line?.problems.map((problem) => problem.column)).toContain(column);
  });
});

test("what is held is known, and a title stands once in a file", () => {
  const found = read([row(...good), row(...good)], []);
  expect(found.ok && found.value.map(({ state }) => state)).toEqual(["new", "rejected"]);
  const again = read([row(...good)], ["Annual plans"]);
  expect(again.ok && again.value.map(({ state }) => state)).toEqual(["known"]);
});

test("a file without its columns or rows is refused as a whole", () => {
  expect(readInitiativeFile([row("Name", "Budget")], new Set(), context)).toMatchObject({
    ...{ ok: false, refusal: "INVALID_INPUT" },
  });
  expect(read([])).toMatchObject({ ok: false });
  expect(readInitiativeFile([], new Set(), context)).toMatchObject({ ok: false });
});

test("each header is taken for what its words say, each column once; what is missing or twice is named", () => {
  expect(suggestTargets(HEAD)).toEqual([
    ...["title", "owner", "budget", "metric", "startedOn", "reviewOn", "milestones", "target", "baseline"],
  ]);
  expect(suggestTargets(["Name", "Title", "Vorhaben"])).toEqual(["title", "", ""]);
  expect(targetProblems(suggestTargets(HEAD))).toEqual([]);
  const unclear = targetProblems(["title", "title", "owner", "budget", "metric", "startedOn", "reviewOn"]);
  expect(unclear).toEqual(["Milestones with days: say which column it is", "Title: one column only"]);
  expect(headerKey(["Start date", "KPI"])).toBe(headerKey(["start-date", "Kpi "]));
});
