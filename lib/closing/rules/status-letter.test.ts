import { expect, test } from "vitest";
import { type LetterFacts, statusLetter } from "./status-letter";

const FACTS: LetterFacts = {
  ...{ venture: "Aurora", bidder: "Nordwerk AG", today: "2026-11-23", released: false, ready: false },
  ...{ earliestOn: "2027-01-02", target: "2026-12-15", openConditions: ["Consent of customers"], overdue: [] },
  ...{ path: ["Merger control filing"], signaturesOpen: 2 },
};

test("a letter says where a closing stands, and what is not known of it", () => {
  expect(statusLetter(FACTS)).toBe(
    [
      "Where the sale of Aurora to Nordwerk AG stands on 23 November 2026. It is not ready to close.",
      "Closing is expected on 15 December 2026; the earliest is 2 January 2027.",
      "Open conditions: 1\n- Consent of customers",
      "Signatures not held: 2",
      "Next on the critical path: Merger control filing",
    ].join("\n\n"),
  );
  expect(statusLetter({ ...FACTS, earliestOn: null, target: null })).toContain(
    "a day that is not set yet; the earliest is not known.",
  );
  const done = { ...FACTS, released: true, ready: true, openConditions: [], path: [], signaturesOpen: 0 };
  expect(statusLetter(done)).toMatch(/All signatures are released\.$/);
});

test("however much is open, a memo can quote it", () => {
  const many = Array.from({ length: 60 }, (_, index) => `${index} ${"x".repeat(200)}`);
  const letter = statusLetter({ ...FACTS, openConditions: many, overdue: many });
  expect(letter.length).toBeLessThanOrEqual(1_200);
  expect(letter).toContain("- and 52 more");
});
