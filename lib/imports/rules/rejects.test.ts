import { expect, test } from "vitest";
import { rejectLine, repeatReject } from "./rejects";

test("a line for COPY escapes what COPY reads", () => {
  const line = rejectLine("id", { rowNumber: 1, column: "a\tb", code: "TOO_LONG", message: "m\\n", raw: "x\ny\u0000" });
  expect(line).toBe('id\t1\ta\\tb\tTOO_LONG\tm\\\\n\t{"value":"x\\\\ny\\\\u0000"}\n'.replace("\\\\u0000", "\\\\u0000"));
});

test("a contradiction names the other rows", () => {
  expect(repeatReject("id", 3, "C-1", [3, 5, 9]).message).toContain("row 5, 9");
});
