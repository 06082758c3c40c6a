import { createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { answerDocumentSchema, PUBLISHED, type PublishedName, publishedSchema } from "../schema/documents";
import { isSignedBy, SIGNATURE_SECONDS } from "./answer-signature";
import { type FitFacts, fittingLearnings } from "./fitting-learnings";

const SECRET = "whsec_test";
const BODY = '{"a":1}';
const AT = 1_795_000_000;
const signed = (secret: string, body: string, at: number) =>
  `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`;

describe("the signature of an answer", () => {
  test.each<[string, string | null, boolean]>([
    ["ours", signed(SECRET, BODY, AT), true],
    ["as old as it may be", signed(SECRET, BODY, AT - SIGNATURE_SECONDS), true],
    ["too old", signed(SECRET, BODY, AT - SIGNATURE_SECONDS - 1), false],
    ["from the future", signed(SECRET, BODY, AT + SIGNATURE_SECONDS + 1), false],
    ["of another secret", signed("whsec_other", BODY, AT), false],
    ["of another body", signed(SECRET, '{"a":2}', AT), false],
    ["of another moment", signed(SECRET, BODY, AT).replace(`t=${AT}`, `t=${AT + 1}`), false],
    ["cut off", signed(SECRET, BODY, AT).slice(0, -1), false],
    ["missing", null, false],
    ["something else", "Bearer x", false],
  ])("%s", (_what, header, accepted) => {
    expect(isSignedBy(SECRET, header, BODY, AT * 1_000)).toBe(accepted);
  });
});

describe("published schemas", () => {
  const folder = path.resolve(import.meta.dirname, "../../../docs/schemas");
  test.each(Object.keys(PUBLISHED) as PublishedName[])("%s in docs is what the route answers", (name) => {
    const file = path.join(folder, `${name}.json`);
    expect(existsSync(file), file).toBe(true);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(JSON.stringify(publishedSchema(name))));
  });

  const answer = {
    ...{
      schema: "chairman-answer-1",
      id: "gov-1",
      inReplyTo: null,
      issuedAt: "2026-11-23T08:00:00Z",
      issuedBy: "Board",
    },
    status: "accepted",
  };
  const learning = {
    ...{
      id: "l1",
      statement: "Start the data room early.",
      source: "Arbor review",
      topics: ["exit"],
      confidence: "low",
    },
    learntOn: "2026-11-01",
  };
  test.each<[string, object, boolean]>([
    ["the least", answer, true],
    ["with a learning", { ...answer, learnings: [learning] }, true],
    ["of another schema", { ...answer, schema: "chairman-answer-2" }, false],
    ["with a field that there is not", { ...answer, run: "rm -rf" }, false],
    ["with a learning about nothing", { ...answer, learnings: [{ ...learning, topics: [] }] }, false],
    ["with a learning that is a novel", { ...answer, learnings: [{ ...learning, statement: "x".repeat(601) }] }, false],
    ["with a NUL, which no row can keep", { ...answer, text: "a\u0000b" }, false],
    ["with half a character", { ...answer, issuedBy: "Board \ud83d" }, false],
    ["with two learnings of one id", { ...answer, learnings: [learning, learning] }, false],
    ["without a day", { ...answer, issuedAt: "yesterday" }, false],
  ])("an answer %s", (_what, document, valid) => {
    expect(answerDocumentSchema.safeParse(document).success).toBe(valid);
  });
});

describe("learnings for a later venture", () => {
  const one = (number: number, more: Partial<FitFacts>): FitFacts => ({
    ...{ number, ventureId: "other", sector: null, businessModel: null, topics: ["growth"], learntOn: "2026-01-01" },
    ...more,
  });
  const about = { ventureId: "mine", sector: "Health software", businessModel: "saas", topic: "growth" };
  test("the closest fit first, then the newest; never its own, another sector's or another topic's", () => {
    const held = [
      one(1, {}),
      one(2, { businessModel: "SaaS" }),
      one(3, { sector: "health software", learntOn: "2025-01-01" }),
      one(4, { sector: "Robotics" }),
      one(5, { businessModel: "commerce", sector: "Health software" }),
      one(6, { topics: ["exit"] }),
      one(7, { ventureId: "mine" }),
      one(8, { learntOn: "2026-06-01" }),
    ];
    expect(fittingLearnings(held, about, 9).map(({ number }) => number)).toEqual([3, 2, 8, 1]);
    expect(fittingLearnings(held, { ...about, topic: null }, 2).map(({ number }) => number)).toEqual([3, 2]);
  });
});
