import { expect, test } from "vitest";
import { chargesOf, minorOf } from "./words";

test.each<[string, string, string | null]>([
  ["1234.5", "EUR", "123450"],
  ["1,234,567.89", "EUR", "123456789"],
  ["12,34,567.89", "INR", "123456789"],
  ["1 234.50", "EUR", "123450"],
  ["1'234.50", "CHF", "123450"],
  ["1000", "JPY", "1000"],
  // A comma that parts a fraction is refused, never read as a hundred times as much.
  ["12,50", "EUR", null],
  ["1234,5", "EUR", null],
  ["1.234,50", "EUR", null],
  ["10.5", "JPY", null],
  ["0", "EUR", null],
  ["", "EUR", null],
])("“%s” %s is %s minor units", (text, currency, minor) => {
  expect(minorOf(text, currency)).toBe(minor);
});

test.each<[string, string, string, object[]]>([
  ["nothing typed", " ", "", []],
  ["both", "Kauri & Partners", "1,000", [{ name: "Kauri & Partners", party: "kauri-partners", amountMinor: "100000" }]],
  ["an amount for nobody is sent to be refused", "", "1000", [{ name: "", amountMinor: "100000" }]],
  ["an amount that is none as well", "Kauri", "12,50", [{ name: "Kauri", amountMinor: "" }]],
])("costs: %s", (_case, to, amount, charges) => {
  expect(chargesOf({ to, amount }, "EUR")).toMatchObject(charges);
});

test("two advisers whose names have no Latin letters are two parties", () => {
  const partyOf = (to: string) => chargesOf({ to, amount: "1" }, "JPY")[0]?.party;
  expect(partyOf("山田法律事務所")).not.toBe(partyOf("中山会計事務所"));
});
