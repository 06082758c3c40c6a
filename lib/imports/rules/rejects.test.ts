import { expect, test } from "vitest";
import { csvLine, inertCell, rejectLine, repeatReject } from "./rejects";

test.each([
  ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
  ["@SUM(1)", "'@SUM(1)"],
  ["-1+2", "'-1+2"],
  ["\tx", "'\tx"],
  ["-12.50", "-12.50"],
  ["plain", "plain"],
])("%s becomes %s for a spreadsheet", (text, expected) => {
  expect(inertCell(text)).toBe(expected);
});

test("cells with quotes, commas and line breaks stay one cell", () => {
  expect(csvLine(['a "b"', "c,d", "e\nf", "=x"])).toBe(`"a ""b""","c,d","e\nf",'=x\r\n`);
});

test("a line for COPY escapes what COPY reads", () => {
  const line = rejectLine("id", { rowNumber: 1, column: "a\tb", code: "TOO_LONG", message: "m\\n", raw: "x\ny\u0000" });
  expect(line).toBe('id\t1\ta\\tb\tTOO_LONG\tm\\\\n\t{"value":"x\\\\ny\\\\u0000"}\n'.replace("\\\\u0000", "\\\\u0000"));
});

test("a contradiction names the other rows", () => {
  expect(repeatReject("id", 3, "C-1", [3, 5, 9]).message).toContain("row 5, 9");
});
