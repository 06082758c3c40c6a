import { expect, test } from "vitest";
import type { DecideItem } from "./decide-list";
import { deskHeadline } from "./desk-headline";

const item = (due: string): DecideItem => ({
  id: due,
  title: "Approve",
  venture: "Meridian",
  reversible: true,
  due,
  atStake: null,
  status: null,
});

test("the next closing is said with its day", () => {
  expect(deskHeadline([], 0, 1, { venture: "Alder & Finch", day: "22 Jan" })).toBe(
    "Nothing waits for your decision. Next closing: Alder & Finch, 22 Jan. 1 venture is at a critical level.",
  );
});

test.each([
  [[], 0, 0, "Nothing waits for your decision."],
  [["Fri"], 1, 0, "1 decision needs you."],
  [["today"], 1, 0, "1 decision needs you; it is due today."],
  [["today", "Tue", "Fri"], 3, 0, "3 decisions need you; one is due today."],
  [["overdue", "today"], 2, 2, "2 decisions need you; all are due today. 2 ventures are at a critical level."],
  [[], 0, 1, "Nothing waits for your decision. 1 venture is at a critical level."],
])("%j of %i with %i worried", (dues, waiting, worried, sentence) => {
  expect(deskHeadline(dues.map(item), waiting, worried)).toBe(sentence);
});
