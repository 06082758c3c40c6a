import { expect, test } from "vitest";
import { matchKeys, nameOfPress } from "./key-sequence";

const BOUND = ["g i", "g d", "?", "mod+k", "i"];

test.each([
  [null, "?", { fire: "?", pending: null }],
  [null, "g", { fire: null, pending: "g" }],
  ["g", "i", { fire: "g i", pending: null }],
  ["g", "?", { fire: "?", pending: null }],
  ["g", "x", { fire: null, pending: null }],
  ["g", "g", { fire: null, pending: "g" }],
])("after %s, %s", (pending, press, expected) => {
  expect(matchKeys(BOUND, pending, press)).toEqual(expected);
});

test("a press is named once, whatever the keyboard's case", () => {
  expect(nameOfPress({ key: "K", mod: true, alt: false })).toBe("mod+k");
  expect(nameOfPress({ key: "Enter", mod: false, alt: false })).toBe("Enter");
  expect(nameOfPress({ key: "g", mod: false, alt: true })).toBeNull();
});
