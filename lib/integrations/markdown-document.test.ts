import fc from "fast-check";
import { expect, test } from "vitest";
import { testDocument } from "@/lib/reports/test-support/documents";
import { markdownDocument, markdownText } from "./markdown-document";

test("words, figures as footnotes, tables and the proof of each figure", () => {
  const text = markdownDocument(testDocument());
  expect(text).toContain("# Growth levers of Tromsø Łódź\n");
  expect(text).toContain("Growth is 24.3\u202f%[^1] and revenue −€1.2\u202fM[^2] for");
  expect(text).toContain("1. **First** the churn\n2. then the runway, ∞[^3]");
  expect(text).toContain(
    "| Measure | Value | Until |\n| --- | ---: | --- |\n| Growth | 24.3\u202f%[^1] | 31 Oct 2026 |",
  );
  expect(text).toContain("| 2026-08 | unknown |");
  expect(text).toMatch(
    /\[\^2\]: \*\*Net revenue\*\*: .*exactly −€1,234,567\.89.*Formula: .*Figure b{16}, revision 1\./,
  );
  expect(text.match(/^\[\^\d+\]:/gm)).toHaveLength(4);
});

// CommonMark 0.31 (backslash escapes, 2.4) and GitHub's extensions (tables 4.10, autolinks 6.9).
test.each([
  ["[x](http://evil.example)", `${String.raw`\[x\](http:`}\u2060//evil.example)`],
  ["<script>alert(1)</script>", String.raw`\<script\>alert(1)\</script\>`],
  ["a | b", String.raw`a \| b`],
  ["**bold** _it_ `code` ~~x~~", String.raw`\*\*bold\*\* \_it\_ \`code\` \~\~x\~\~`],
  ["&lt;b&gt;", String.raw`\&lt;b\&gt;`],
  ["# heading", String.raw`\# heading`],
  ["- item", String.raw`\- item`],
  ["1. item", String.raw`1\. item`],
  ["24.3", "24.3"],
  ["line\nbreak\r\n# next", String.raw`line break \# next`],
  ["ask@example.org", "ask@\u2060example.org"],
  ["www.evil.example", "www\u2060.evil.example"],
  ["![x](y)", String.raw`\!\[x\](y)`],
  ["[^1]: note", String.raw`\[\^1\]: note`],
])("%s stays text", (raw, expected) => {
  expect(markdownText(raw)).toBe(expected);
});

test("no text of data brings an unescaped sign of markup, an address, or a second line", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (raw) => {
      const text = markdownText(raw);
      expect(text).not.toMatch(/\n|\r/);
      expect(text.replace(/\\[!-/:-@[-`{-~]/g, "")).not.toMatch(/[`*_[\]<>|~#&]|:\/\/|www\./i);
    }),
  );
});
