import { expect, test } from "vitest";
import { TERMS } from "@/lib/deals/rules/terms";
import { blankTerms, type OfferTerms } from "@/lib/deals/schema/terms";
import { readMoney, readPercent, readTerms, shownTerm, typedOf } from "./term-text";

test.each([
  ["52 M", "52000000"],
  ["1,250,000.50", "1250000.5"],
  ["300k", "300000"],
  ["1.2bn", "1200000000"],
  ["fifty", null],
  ["-5", null],
])("%s is an amount: %s", (typed, read) => {
  expect(readMoney(typed)).toBe(read);
});

test.each([
  ["10", "0.1"],
  ["0.5 %", "0.005"],
  ["half", null],
])("%s is a part: %s", (typed, read) => {
  expect(readPercent(typed)).toBe(read);
});

const FULL: OfferTerms = {
  ...blankTerms("EUR"),
  ...{ price: "48500000.5", escrow: "0.05", escrowMonths: 12, conditions: [], workingCapital: "none" },
  earnOuts: [{ title: "Goal", amount: "1000000", dueOn: "2028-01-01", probability: "0.4" }],
};

test("terms that are typed again as they stand are the same terms", () => {
  for (const terms of [FULL, blankTerms("USD"), { ...FULL, conditions: ["A loan", "Consents"], earnOuts: [] }])
    expect(readTerms(typedOf(terms)).terms).toEqual(terms);
  expect(typedOf(FULL).text.price).toBe("48,500,000.5");
});

test("what cannot be read is named, and an empty field is not stated", () => {
  const { text, earnOuts } = typedOf(FULL);
  const wrong = readTerms({
    text: { ...text, price: "much", debt: "" },
    earnOuts: [{ ...(earnOuts?.[0] ?? { title: "", dueOn: "", probability: "" }), amount: "x" }],
  });
  expect(wrong.wrong).toEqual(expect.arrayContaining(["price", "earnOuts.0.amount"]));
  expect(readTerms({ text: { ...text, price: "" }, earnOuts }).terms?.price).toBeNull();
});

test("a term on which nothing hangs shows a dash, an open one that it is not stated", () => {
  const shown = (terms: OfferTerms, key: string) => {
    const term = TERMS.find((one) => one.key === key);
    return term && shownTerm(terms, term);
  };
  expect(shown({ ...FULL, vendorNote: "0" }, "vendorNoteMonths")).toBe("–");
  expect(shown(FULL, "debt")).toBe("not stated");
  expect(shown(FULL, "conditions")).toBe("none");
  expect(shown(FULL, "escrow")).toBe("5\u202f%");
});
