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

const soon = (what: string, day: string) => ({ id: "1", what, venture: "Alder & Finch", href: "/", day, note: null });

test.each([
  ["Closing with Alder AG", "Nothing waits for your decision. Next: closing with Alder AG (Alder & Finch), Fri."],
  ["The offer of Oxbow ends", "Nothing waits for your decision. Next: the offer of Oxbow ends (Alder & Finch), Fri."],
  [
    "Indemnity escrow: release is due",
    "Nothing waits for your decision. Next: Indemnity escrow: release is due (Alder & Finch), Fri.",
  ],
])("%s is said with its day", (what, sentence) => {
  expect(deskHeadline([], 0, 0, soon(what, "Fri"))).toBe(sentence);
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
