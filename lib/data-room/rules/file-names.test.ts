import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contentDisposition, fileSafe, readPath } from "./file-names";

// Windows: "Naming Files, Paths, and Namespaces"; reading order: Unicode Standard Annex 9 and Trojan Source (CVE-2021-42574).
test.each([
  ["../../etc/passwd.txt", "NAME_UNSAFE"],
  ["a/../b.pdf", "NAME_UNSAFE"],
  ["/etc/passwd.txt", "NAME_UNSAFE"],
  ["a//b.pdf", "NAME_UNSAFE"],
  ["C:\\Windows\\x.pdf", "NAME_UNSAFE"],
  ["..\\x.pdf", "NAME_UNSAFE"],
  ["x.pdf.", "NAME_UNSAFE"],
  ["x .pdf ", "NAME_UNSAFE"],
  ["stream.pdf:evil.exe", "NAME_UNSAFE"],
  ["x.pdf\u0000.exe", "NAME_HIDDEN_CHARACTERS"],
  ["invoice\u202efdp.exe", "NAME_HIDDEN_CHARACTERS"],
  ["in\u200bvoice.pdf", "NAME_HIDDEN_CHARACTERS"],
  ["line\nbreak.pdf", "NAME_HIDDEN_CHARACTERS"],
  ["half\ud800.pdf", "NAME_HIDDEN_CHARACTERS"],
  ["con.pdf", "NAME_RESERVED"],
  ["Legal/LPT1/x.pdf", "NAME_RESERVED"],
  ["nul", "NAME_RESERVED"],
  [`${"ä".repeat(120)}.pdf`, "NAME_TOO_LONG"],
  [`${"a/".repeat(14)}x.pdf`, "NAME_TOO_LONG"],
])("%j is refused", (path, refusal) => {
  expect(readPath(path)).toEqual({ ok: false, refusal });
});

test("a plain path is read in parts", () => {
  expect(readPath("03 Finance/Prüfung/Bericht 2025.PDF")).toEqual({
    ok: true,
    value: { folders: ["03 Finance", "Prüfung"], name: "Bericht 2025.PDF", extension: "pdf" },
  });
});

test("the same name is the same in either normal form", () => {
  expect(readPath("U\u0308bersicht.pdf")).toEqual(readPath("Übersicht.pdf"));
});

/** Any signs at all, halves of pairs among them; the library's own takes seconds to set itself up. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 120 })
  .map((codes) => String.fromCharCode(...codes));

describe("what is made safe", () => {
  test("is always a name that is taken", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readPath(`${fileSafe(text, 40)}.pdf`).ok).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test("never leaves its header", () => {
    fc.assert(
      fc.property(anyText, (name) => {
        expect(contentDisposition(name)).toMatch(
          /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[A-Za-z0-9!~*._%-]*$/,
        );
      }),
      { numRuns: 200 },
    );
  });
});
