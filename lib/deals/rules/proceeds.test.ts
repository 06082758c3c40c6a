import { describe, expect, test } from "vitest";
import { blankTerms, type OfferTerms } from "../schema/terms";
import { plainTerms, prepared } from "../test-support/offers";
import { type KnownProceeds, offerProceeds } from "./proceeds";

function known(more: Partial<OfferTerms>, context = {}): KnownProceeds {
  const found = offerProceeds(plainTerms(more), prepared(context));
  if (!found.known) throw new Error(`${found.reason} ${found.open.join(", ")} ${JSON.stringify(found.problems)}`);
  return found;
}
const of = ({ holders }: KnownProceeds, id: string) => holders.find((one) => one.id === id);

describe("at closing (methods a1 to a3, by hand)", () => {
  test("below its conversion point the preferred takes its money back", () => {
    // 30 M ÷ 10 M shares is 3 a share, less than the 5 paid: A takes 10, common shares 20.
    const found = known({});
    expect(of(found, "founder")?.atClosing).toBe("15000000");
    expect(found.group?.atClosing).toBe("15000000");
    expect(found.releases[0]?.converted).toEqual([]);
  });
  test("above it, it converts", () => {
    // 60 M ÷ 10 M is 6 a share.
    const found = known({ price: "60000000" });
    expect(found.group?.atClosing).toBe("24000000");
    expect(found.releases[0]?.converted).toEqual(["a"]);
  });
  test("cash, debt, peg beyond its collar and costs move the price dollar for dollar", () => {
    // 30 + 2 − 4 + (3.5 − 3 − 0.2) − 1.3 = 27.
    const terms = {
      ...{ cash: "2000000", debt: "4000000", workingCapital: "peg" as const, peg: "3000000" },
      ...{ expectedWorkingCapital: "3500000", collar: "200000", costs: "1300000" },
    };
    expect(known(terms).bridge.equity).toBe("27000000");
    expect(known({ ...terms, collarOutside: "zero" }).bridge.equity).toBe("27200000");
    expect(known({ ...terms, basis: "equity" }).bridge.equity).toBe("28700000");
  });
  test("the carve-out comes before preferences", () => {
    // 10 % of 30 M is 3; A takes 10 of 27.
    const found = known({ carveOut: "0.1" });
    expect(found.carveOut).toEqual({ atClosing: "3000000", total: "3000000" });
    expect(of(found, "founder")?.total).toBe("12750000");
  });
});

describe("later money, as if it were one payment (methods a1; NVCA charter 2.3.4)", () => {
  const earnOuts = [{ title: "ARR of 12 M", amount: "20000000", dueOn: "2028-01-01", probability: "0.5" }];
  test("a release can change who converts, and is not split by the parts of closing", () => {
    // Closing 40 M: A holds 10, common 30. With 20 M more, 60 ÷ 10 is 6 a share: A is due 12, so 2 of the 20.
    const found = known({ price: "60000000", earnOuts });
    expect(found.group).toMatchObject({ atClosing: "17500000", later: "6500000", total: "24000000" });
    expect(of(found, "founder")).toMatchObject({ atClosing: "22500000", later: "13500000" });
    expect(found.releases.map(({ converted }) => converted)).toEqual([[], ["a"]]);
  });
  test("what is expected is the average of the payoffs, at a stated rate", () => {
    const found = known({ price: "60000000", earnOuts });
    // Half of 6.5 M; one year of 365 days at 10 %; then the probability of closing.
    expect(found.group?.laterExpected).toBe("3250000");
    expect(Number(found.group?.presentValue)).toBeCloseTo(17_500_000 + 3_250_000 / 1.1, 1);
    const unsure = known({ price: "60000000", earnOuts, closeProbability: "0.8" });
    expect(Number(unsure.group?.riskAdjusted)).toBeCloseTo(0.8 * (17_500_000 + 3_250_000 / 1.1), 1);
  });
  test("the payoff of each way counts, not the payoff of the average", () => {
    // Two halves of 12 M behind 36 M: 36, 48 or 60 M in all. A takes 10, 10 or 12, on average 10.5; at the mean 10.
    const two = [1, 2].map((n) => ({ ...earnOuts[0], title: `Part ${n}`, amount: "12000000" })) as typeof earnOuts;
    const found = known(
      { price: "60000000", earnOuts: two },
      {
        group: ["group"],
        holders: [
          { id: "common", name: "Common", parts: { common: "1" } },
          { id: "group", name: "Group", parts: { a: "1" } },
        ],
      },
    );
    expect(found.group).toMatchObject({ atClosing: "10000000", laterExpected: "500000", total: "12000000" });
  });
  test("escrow and holdback are parts of the equity proceeds and come when they are due", () => {
    const terms = {
      ...{ escrow: "0.1", escrowMonths: 12, escrowProbability: "0.9" },
      ...{ holdback: "0.05", holdbackMonths: 3, holdbackProbability: "1" },
    };
    const found = known(terms);
    expect(found.releases.map(({ label, on, amount }) => [label, on, amount])).toEqual([
      ["Closing", "2027-01-01", "25500000"],
      ["Holdback", "2027-04-01", "1500000"],
      ["Escrow", "2028-01-01", "3000000"],
    ]);
    expect(found.all.total).toBe("30000000");
  });
  test("a vendor note pays simple interest with its principal", () => {
    const note = {
      vendorNote: "5000000",
      vendorNoteMonths: 24,
      vendorNoteInterest: "0.06",
      vendorNoteProbability: "0.9",
    };
    const found = known(note);
    expect(found.releases[1]).toMatchObject({ label: "Vendor note", on: "2029-01-01", amount: "5600000" });
    expect(found.all).toMatchObject({ atClosing: "25000000", total: "30600000" });
  });
  test("stock counts at its word in the waterfall and at its discount in what it is worth", () => {
    const found = known({ stock: "15000000", stockDiscount: "0.2" });
    expect(found.group?.atClosing).toBe("15000000");
    expect(found.group?.presentValue).toBe("13500000");
    expect(found.bridge.closingCash).toBe("15000000");
  });
});

describe("what cannot be told", () => {
  test("a term that is not stated is named, and is not zero", () => {
    const found = offerProceeds({ ...plainTerms(), debt: null, earnOuts: null }, prepared());
    expect(found).toMatchObject({ known: false, reason: "terms-missing", open: ["Earn-out", "Debt at closing"] });
    const blank = offerProceeds(blankTerms("EUR"), prepared());
    expect(blank.known ? 0 : blank.open.length).toBe(14);
  });
  test.each<[string, Partial<OfferTerms>, string]>([
    ["forms beyond the price", { stock: "40000000", stockDiscount: "0" }, "contradiction"],
    ["debt beyond the price", { debt: "31000000" }, "no-proceeds"],
    ["another currency without a rate", { currency: "USD" }, "missing-fx-rate"],
    [
      "an earn-out before closing",
      { earnOuts: [{ title: "Early", amount: "1", dueOn: "2026-12-31", probability: "1" }] },
      "contradiction",
    ],
  ])("%s", (_words, more, reason) => {
    expect(offerProceeds(plainTerms(more), prepared())).toMatchObject({ known: false, reason });
  });
  test("with a rate an offer in another currency is weighed in the venture's", () => {
    expect(known({ currency: "USD" }, { rates: { USD: "0.9" } }).all.total).toBe("27000000");
  });
  test("without the group's holders the holders are known and the group is not", () => {
    const found = known({}, { group: null });
    expect([found.group, found.holders.length]).toEqual([null, 2]);
  });
  test("shares that nobody is named for are a line of their own", () => {
    const found = known({}, { holders: [{ id: "group", name: "Group", parts: { a: "1" } }] });
    expect(found.holders.map(({ id, total }) => [id, total])).toEqual([
      ["unnamed", "20000000"],
      ["group", "10000000"],
    ]);
  });
});
