import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoContentSchema } from "@/lib/decisions/schema";
import { ACCESS_LEVELS, type Grant, type Terms } from "../schema/guests";
import { byWeek, engagementOf, weekOf } from "./engagement";
import { manifestOf, manifestText, type Placed } from "./manifest";
import { mayMove, questionsLeft } from "./questions";
import { openRoomMemo } from "./room-memo";
import { grantLines, isWithin, levelOn, mayView, shutBecause } from "./terms";

const terms = (more: Partial<Terms> = {}): Terms => ({
  emails: ["a@buyer.example"],
  grants: [
    { section: 3, item: null, level: "view" },
    { section: 3, item: 2, level: "none" },
    { section: 4, item: null, level: "download" },
  ],
  expiresOn: "2026-12-31",
  ...more,
});

test.each([
  [3, 1, "view"],
  [3, 2, "none"],
  [4, 9, "download"],
  [5, 1, "none"],
])("item %i.%i: %s", (section, number, level) => {
  expect(levelOn(terms().grants, { section, number })).toBe(level);
});

test("what is not placed is nobody's", () => {
  expect(levelOn([{ section: 1, item: null, level: "download" }], null)).toBe("none");
});

describe("a change of terms", () => {
  test.each<[string, Partial<Terms>, boolean]>([
    ["the same", {}, true],
    ["an earlier end", { expiresOn: "2026-11-30" }, true],
    ["less of a folder", { grants: [{ section: 4, item: null, level: "view" }] }, true],
    ["nobody new", { emails: ["a@buyer.example"] }, true],
    ["a later end", { expiresOn: "2027-01-01" }, false],
    ["another address", { emails: ["a@buyer.example", "b@buyer.example"] }, false],
    ["another folder", { grants: [{ section: 5, item: null, level: "view" }] }, false],
    ["an exception taken away", { grants: [{ section: 3, item: null, level: "view" }] }, false],
    ["to take away what could only be viewed", { grants: [{ section: 3, item: 1, level: "download" }] }, false],
  ])("%s", (_what, more, within) => {
    expect(isWithin(terms(more), terms())).toBe(within);
  });

  test("is never within what was never approved", () => expect(isWithin(terms(), null)).toBe(false));

  const grant: fc.Arbitrary<Grant> = fc.record({
    section: fc.integer({ min: 1, max: 4 }),
    item: fc.option(fc.integer({ min: 1, max: 3 })),
    level: fc.constantFrom(...ACCESS_LEVELS),
  });
  const grants = fc.uniqueArray(grant, { selector: ({ section, item }) => `${section}.${item}`, maxLength: 8 });

  test("that is within shows nobody anything that was not approved", () => {
    fc.assert(
      fc.property(
        grants,
        grants,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        (next, approved, section, number) => {
          fc.pre(isWithin(terms({ grants: next }), terms({ grants: approved })));
          if (mayView(levelOn(next, { section, number })))
            expect(mayView(levelOn(approved, { section, number }))).toBe(true);
        },
      ),
    );
  });
});

test.each<[string, Parameters<typeof shutBecause>[0], string | null]>([
  ["not approved", { terms: null, revokedAt: null }, "NOT_APPROVED"],
  ["on its last day", { terms: terms(), revokedAt: null }, null],
  ["revoked", { terms: terms(), revokedAt: new Date(0) }, "REVOKED"],
])("%s", (_what, group, reason) => {
  expect(shutBecause(group, "2026-12-31")).toBe(reason);
});
test("the day after the last it is shut", () =>
  expect(shutBecause({ terms: terms(), revokedAt: null }, "2027-01-01")).toBe("EXPIRED"));

test("a question is published only after its answer was approved", () => {
  expect(mayMove("asked", "publish")).toBe(false);
  expect(mayMove("drafted", "publish")).toBe(false);
  expect(mayMove("approved", "publish")).toBe(true);
  expect(mayMove("published", "draft")).toBe(false);
});

test("questions are counted over any seven days", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
  expect(questionsLeft([ago(1), ago(6.9), ago(7), ago(30)], 3, now)).toBe(1);
  expect(questionsLeft([ago(0), ago(0), ago(0)], 2, now)).toBe(0);
});

describe("engagement", () => {
  const row = (kind: string, day: string, more = {}) => ({
    groupId: "g",
    actor: "guest:1",
    documentId: "d",
    seconds: null,
    kind,
    day,
    ...more,
  });
  test("counts what was opened, by how many, and how long", () => {
    const rows = [
      row("opened", "2026-11-02"),
      row("read", "2026-11-02", { seconds: 40 }),
      row("downloaded", "2026-11-16", { actor: "guest:2", documentId: "e" }),
      row("entered", "2026-11-17", { documentId: null }),
    ];
    expect(engagementOf(rows)).toEqual({
      opens: 1,
      downloads: 1,
      questions: 0,
      seconds: 40,
      people: 2,
      documents: 2,
      lastDay: "2026-11-17",
    });
  });
  test("a week without anything is a week", () => {
    expect(byWeek([row("opened", "2026-11-02"), row("downloaded", "2026-11-16")], "2026-11-16")).toEqual([
      { week: "2026-11-02", opens: 1, downloads: 0 },
      { week: "2026-11-09", opens: 0, downloads: 0 },
      { week: "2026-11-16", opens: 0, downloads: 1 },
    ]);
  });
  test.each([
    ["2026-11-22", "2026-11-16"],
    ["2026-11-23", "2026-11-23"],
    ["2026-01-01", "2025-12-29"],
  ])("the week of %s begins on %s", (day, week) => {
    expect(weekOf(day)).toBe(week);
  });
});

test("an archive lists its files in the order of the index, under names that every system takes", () => {
  const one = (more: Partial<Placed>): Placed => ({
    documentId: "018f0000-0000-7000-8000-00000000000a",
    title: "Accounts",
    version: 1,
    hash: "a".repeat(64),
    sizeBytes: 1,
    type: "application/pdf",
    fileName: "x.PDF",
    place: null,
    ...more,
  });
  const place = (section: number, ordinal: number) => ({
    section,
    sectionTitle: "IP / licences",
    number: 2,
    itemTitle: "List: all",
    ordinal,
  });
  const lines = manifestOf([
    one({}),
    one({ place: place(10, 1) }),
    one({ title: "../../evil.pdf", place: place(2, 12) }),
    one({ place: place(2, 3) }),
  ]);
  expect(lines.map(({ path }) => path)).toEqual([
    "02 IP - licences/02.02 List- all/02.02.03 Accounts.pdf",
    "02 IP - licences/02.02 List- all/02.02.12 ..-..-evil.pdf",
    "10 IP - licences/10.02 List- all/10.02.01 Accounts.pdf",
    "Unsorted/Accounts 0000000a.pdf",
  ]);
  expect(manifestText(lines).split("\n")[0]).toBe(
    `${"a".repeat(64)}  02 IP - licences/02.02 List- all/02.02.03 Accounts.pdf`,
  );
});

test("the memo names every person and folder that would be opened, however many", () => {
  const emails = Array.from({ length: 100 }, (_, index) => `person-${index}@buyer.example`);
  const grants = Array.from(
    { length: 400 },
    (_, index): Grant => ({
      ...{ section: 1 + (index % 10), item: 1 + Math.floor(index / 10), level: "view" },
    }),
  );
  const titles = new Map([[1, "Corporate"]]);
  const about = { groupId: crypto.randomUUID(), group: "Kauri", venture: "Aurora", currency: "EUR", before: null };
  const { content } = openRoomMemo({ ...about, terms: terms({ emails, grants }), titles });
  const told = memoContentSchema.parse(content).tables?.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));
  const words = told?.flatMap((cell) => (cell && "text" in cell ? cell.text.split("; ") : []));
  expect(words).toEqual([...emails, ...grantLines(grants, titles)]);
});
