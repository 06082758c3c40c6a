import { expect, test } from "vitest";
import { recipientsOf, signatoriesOf } from "./closing-lines";

test.each([
  ["Ada Lind, company", [{ signatory: "Ada Lind", party: "company" }]],
  [
    "Ada Lind,Buyer\n\n  Ben Roe , bank ",
    [
      { signatory: "Ada Lind", party: "buyer" },
      { signatory: "Ben Roe", party: "bank" },
    ],
  ],
  ["Lind, Ada", [{ signatory: "Lind, Ada", party: "company" }]],
  ["Lind, Ada, seller", [{ signatory: "Lind, Ada", party: "seller" }]],
  [", buyer", [{ signatory: ", buyer", party: "company" }]],
  ["", []],
])("who signs: %j", (text, expected) => {
  expect(signatoriesOf(text)).toEqual(expected);
});

test.each([
  ["Ada Lind <ada@example.com>", [{ name: "Ada Lind", email: "ada@example.com" }]],
  ["ada@example.com", [{ name: "ada@example.com", email: "ada@example.com" }]],
  ["< ada@example.com >\n", [{ name: "ada@example.com", email: "ada@example.com" }]],
  ["nobody", [{ name: "nobody", email: "nobody" }]],
])("to whom: %j", (text, expected) => {
  expect(recipientsOf(text)).toEqual(expected);
});
