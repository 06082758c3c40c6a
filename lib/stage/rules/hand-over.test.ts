import { expect, test } from "vitest";
import { goneOn, handOverRows, type SinceHandOver } from "./hand-over";

const table = (...lines: string[]) => lines.map((line, index) => ({ rowNumber: index + 1, cells: line.split(",") }));

test("each row is a trigger, or says by name why it is none", () => {
  const rows = handOverRows(
    table(
      "Venture,Key,Maturity score,Assessed-on",
      "lumen-health,stage39:0001,91.5,2027-01-04",
      ",,,",
      "halcyon,stage39:0002,,",
      "halcyon,short,,",
      "halcyon,stage39:0003,ninety,",
      "halcyon,stage39:0004,101,",
      "halcyon,stage39:0005,90,04.01.2027",
      "halcyon,stage39:0001,90,",
    ),
  );
  expect(rows).toMatchObject([
    {
      row: 2,
      signal: { venture: "lumen-health", maturityScore: 91.5, assessedOn: "2027-01-04", trigger: "venture-mature" },
    },
    { row: 4, signal: { venture: "halcyon" } },
    { row: 5, problem: "key: at least eight characters" },
    { row: 6, problem: expect.stringContaining("maturityScore") },
    { row: 7, problem: expect.stringContaining("maturityScore") },
    { row: 8, problem: expect.stringContaining("assessedOn") },
    { row: 9, problem: "key: it comes twice in this file" },
  ]);
});

test.each([[[]], [table("venture,score", "a,b")], [table("a")]])("a file without its columns is none", (rows) => {
  expect(handOverRows(rows)).toBeNull();
});

const NOTHING: SinceHandOver = {
  status: "running",
  openedBy: "agent:coordinator",
  orders: 0,
  verdicts: 0,
  substages: 0,
};
test.each<[Partial<SinceHandOver>, string | null]>([
  [{}, null],
  [{ openedBy: null }, null],
  [{ status: "paused", orders: 1 }, "the chairman has given an order about it"],
  [{ openedBy: "user:grace" }, "the chairman has opened the stage"],
  [{ verdicts: 1 }, "a decision has been made in it"],
  [{ substages: 1 }, "its preparation or its sale has begun"],
  [{ status: "exited" }, "it has left stage 40"],
  // Whoever cancelled it or took it back has undone it already.
  [{ status: "cancelled", orders: 1, verdicts: 3 }, null],
  [{ status: "regressed", openedBy: "user:grace" }, null],
])("since the file %j: %s", (since, why) => {
  expect(goneOn({ ...NOTHING, ...since })).toBe(why);
});
