import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEAL_STAGES, type DealFacts, NO_FACTS } from "../schema/deal";
import {
  exclusiveWith,
  fieldsFor,
  type Move,
  mayAdvance,
  mayUndo,
  missingFields,
  NEXT_STAGES,
  nextExpected,
} from "./stages";

const ID = "11111111-1111-4111-8111-111111111111";
const FULL: DealFacts = {
  ...NO_FACTS,
  ...{ ownerId: ID, contact: "Dr. Weiss", agreedOffer: { offerId: ID, version: 1 }, exclusiveUntil: "2027-03-01" },
  ourAdvisers: [{ role: "counsel", name: "Hart & Lowe" }],
  theirAdvisers: [{ role: "counsel", name: "Bremer" }],
  ...{ loiSignedOn: "2027-01-10", diligenceEndsOn: "2027-03-01", diligenceDoneOn: "2027-02-20" },
  ...{ agreementSignedOn: "2027-03-05", closesOn: "2027-04-01", closedOn: "2027-04-02" },
};
const move = (more: Partial<Move>): Move => ({
  ...{ from: "negotiating", to: "loi", facts: FULL, on: "2027-01-05", today: "2027-01-05", reason: "" },
  ...{ others: [], approved: true, openTerms: [] },
  ...more,
});

describe("a stage is entered when", () => {
  test.each<[string, Partial<Move>, string | null]>([
    ["everything is known and the chairman approved", {}, null],
    ["it binds and nobody approved", { approved: false }, "CHAIRMAN_DECIDES"],
    ["it skips a stage", { to: "due-diligence" }, "NOT_ALLOWED"],
    ["it is in the future", { on: "2027-01-06" }, "DATE_IN_FUTURE"],
    ["it ends without a reason", { to: "fallen-through" }, "FIELDS_MISSING"],
    ["it ends with a reason", { to: "fallen-through", reason: "Financing failed" }, null],
    ["it is over", { from: "complete", to: "negotiating" }, "OVER"],
    ["what fell through is taken up again", { from: "fallen-through", to: "negotiating" }, null],
    ["it goes back into what was approved before", { from: "definitive-agreement", to: "due-diligence" }, null],
    [
      "terms of the agreement are open",
      { from: "due-diligence", to: "definitive-agreement", openTerms: ["Escrow"] },
      "FIELDS_MISSING",
    ],
  ])("%s", (_words, more, refusal) => {
    expect(mayAdvance(move(more))?.refusal ?? null).toBe(refusal);
  });

  test("a missing field is named, also one that an earlier stage asked for", () => {
    const facts = { ...FULL, loiSignedOn: null, contact: "" };
    expect(mayAdvance(move({ from: "loi", to: "due-diligence", facts }))?.problems).toEqual([
      { path: "facts.contact", expected: "Contact at the bidder" },
      { path: "facts.loiSignedOn", expected: "LOI signed on" },
    ]);
  });

  test("counsel is asked for on our own side, whoever else advises", () => {
    const facts = { ...FULL, ourAdvisers: [{ role: "banker" as const, name: "Lindqvist" }] };
    expect(missingFields("loi", facts)).toEqual(["ourCounsel"]);
  });
});

describe("exclusivity", () => {
  const rival = { id: "b", bidder: "Nordwerk", stage: "loi" as const, exclusiveUntil: "2027-01-05" };
  test("with one bidder keeps the others at talking, through its last day", () => {
    const refused = mayAdvance(move({ others: [rival] }));
    expect(refused).toEqual({
      refusal: "EXCLUSIVE_ELSEWHERE",
      problems: [{ path: "to", expected: "nobody but Nordwerk until 2027-01-05" }],
    });
    expect(mayAdvance(move({ others: [rival], to: "fallen-through", reason: "Too slow" }))).toBeNull();
    expect(mayAdvance(move({ others: [rival], from: "not-started", to: "negotiating" }))).toBeNull();
  });
  test("ends the day after, and with the deal", () => {
    expect(exclusiveWith([rival], "2027-01-06")).toBeNull();
    expect(exclusiveWith([{ ...rival, stage: "fallen-through" }], "2027-01-01")).toBeNull();
  });
});

test("only the last change can be undone, and none that the chairman decided or that ends the sale", () => {
  const step = { from: "not-started" as const, to: "negotiating" as const, memoId: null, undone: false };
  const first = { ...step, from: null, to: "not-started" as const };
  expect(mayUndo([first])).toBe(false);
  expect(mayUndo([first, step])).toBe(true);
  expect(mayUndo([first, { ...step, undone: true }])).toBe(false);
  expect(mayUndo([first, { ...step, from: "negotiating", to: "loi", memoId: "m" }])).toBe(false);
  expect(mayUndo([first, { ...step, from: "closing", to: "complete" }])).toBe(false);
});

test("whatever is tried: no stage is entered past its neighbours, without its fields, or bound without the chairman", () => {
  const stage = fc.constantFrom(...DEAL_STAGES);
  const keys = Object.keys(NO_FACTS) as (keyof DealFacts)[];
  const facts = fc
    .subarray(keys)
    .map((known): DealFacts => ({ ...NO_FACTS, ...Object.fromEntries(known.map((key) => [key, FULL[key]])) }));
  fc.assert(
    fc.property(stage, stage, facts, fc.boolean(), (from, to, known, approved) => {
      if (mayAdvance(move({ from, to, facts: known, approved, reason: "why" }))) return;
      expect(NEXT_STAGES[from]).toContain(to);
      expect(missingFields(to, known)).toEqual([]);
      expect(
        approved || !["negotiating", "due-diligence"].includes(from) || !["loi", "definitive-agreement"].includes(to),
      ).toBe(true);
    }),
  );
  expect(fieldsFor("complete")).toHaveLength(12);
});

test("the next stage with an expected day is named, late once that day is over", () => {
  const facts = { expected: { loi: "2027-01-10", closing: "2027-03-01" } };
  expect(nextExpected({ stage: "negotiating", facts }, "2027-01-10")).toEqual({
    stage: "loi",
    on: "2027-01-10",
    late: false,
  });
  expect(nextExpected({ stage: "loi", facts }, "2027-03-02")).toMatchObject({ stage: "closing", late: true });
  expect(nextExpected({ stage: "closing", facts }, "2027-01-01")).toBeNull();
  expect(nextExpected({ stage: "fallen-through", facts }, "2027-01-01")).toBeNull();
});
