import { describe, expect, test } from "vitest";
import { DEAL_TYPES } from "../schema";
import { completenessOf, type IndexState, standingOf } from "./completeness";
import { indexFor, OTHER_TITLE } from "./index-template";
import { leadingNumbers, placeFor, type Slot } from "./placement";

const slots: Slot[] = indexFor("share-sale").items.map((item) => ({ ...item, id: `${item.section}.${item.number}` }));

describe("the index", () => {
  // Specification, methods g: the two-level diligence index.
  test.each(DEAL_TYPES)("of a %s has 18 numbered sections, each with items and a place for the rest", (deal) => {
    const { sections, items } = indexFor(deal);
    expect(sections.map(({ number }) => number)).toEqual(Array.from({ length: 18 }, (_, at) => at + 1));
    for (const { number } of sections) {
      const held = items.filter(({ section }) => section === number);
      expect(held.map((item) => item.number)).toEqual(held.map((_, at) => at + 1));
      expect(held.at(-1)).toMatchObject({ title: OTHER_TITLE, required: false });
    }
  });

  test("asks for what is sold", () => {
    const titles = (deal: (typeof DEAL_TYPES)[number]) => indexFor(deal).items.map(({ title }) => title);
    expect(titles("share-sale")).toContain("Cap table, fully diluted, reconciled");
    expect(titles("asset-sale")).not.toContain("Cap table, fully diluted, reconciled");
    expect(titles("asset-sale")).toContain("Consents needed to assign");
    expect(titles("minority-investment")).not.toContain("Working capital by month and its peg");
  });
});

test.each([
  ["3.2 Audit", 3, 2],
  ["03_02-audit", 3, 2],
  ["03 Financial", 3, null],
  ["10. HR", 10, null],
  ["3", 3, null],
])("%s begins with a number of the index", (name, section, number) => {
  expect(leadingNumbers(name)).toEqual({ section, number });
});

test.each(["2025 accounts", "19 More", "0 x", "Q3 report", "30.06.2025"])("%s does not", (name) => {
  expect(leadingNumbers(name)).toBeNull();
});

test.each([
  [["03 Financial"], "Annual accounts 2025.pdf", "3.1"],
  [["Data room", "Tax"], "VAT registration.pdf", "4.3"],
  [["8 IP"], "Trade marks register.xlsx", "8.1"],
  [["HR"], "Pensions and benefits.pdf", "10.5"],
  [["3.2"], "whatever.pdf", "3.2"],
  [["anything"], "3.2.1 whatever.pdf", "3.2"],
  [["Employees"], "zzz.pdf", "10.8"],
  [["Stuff"], "zzz.pdf", null],
  [[], "2025-06-30 note.pdf", null],
])("%j / %s belongs to %s", (folders, name, id) => {
  expect(placeFor(folders, name, slots)?.id ?? null).toBe(id);
});

describe("completeness", () => {
  const item = (more: Partial<IndexState>): IndexState => ({
    section: 1,
    number: 1,
    title: "x",
    required: true,
    valid: 0,
    expired: 0,
    absent: false,
    ...more,
  });
  test.each<[Partial<IndexState>, string]>([
    [{ valid: 1 }, "there"],
    [{ valid: 1, expired: 3 }, "there"],
    [{ expired: 1 }, "expired"],
    [{ absent: true }, "absent"],
    [{ expired: 1, absent: true }, "absent"],
    [{}, "missing"],
    [{ required: false }, "optional"],
  ])("%j is %s", (more, standing) => {
    expect(standingOf(item(more))).toBe(standing);
  });

  test("counts required items only, and an expired document for nothing", () => {
    const items = [
      item({ valid: 2 }),
      item({ absent: true }),
      item({ expired: 1, number: 3 }),
      item({ required: false, valid: 1 }),
    ];
    expect(completenessOf(items)).toEqual({ required: 3, satisfied: 2, absent: 1, missing: ["1.3 x"] });
  });
});
