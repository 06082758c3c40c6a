import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../../../..");

const sources = ["app", "components", "lib"].flatMap((room) =>
  readdirSync(path.join(ROOT, room), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|generated|test-support/.test(file))
    .map((file) => ({ file: `${room}/${file}`, text: readFileSync(path.join(ROOT, room, file), "utf8") })),
);
const filesWith = (pattern: RegExp): string[] =>
  sources
    .filter(({ text }) => pattern.test(text))
    .map(({ file }) => file)
    .sort();

// Specification, section 7: agents can never raise their own ceiling. Who can reach the rows at all, link by link.
test.each<[string, RegExp, string[]]>([
  [
    "what writes the rows",
    /(policyRow|"policy_row")\W+(create|update|upsert|delete)/,
    ["lib/decisions/mutations/autonomy/rows.ts"],
  ],
  [
    "what calls that: a chairman's form, and the deed of an approved memo",
    /from "[^"]*(\/autonomy|\.)\/rows"/,
    ["lib/decisions/actions/autonomy.ts", "lib/decisions/mutations/autonomy/promotion-deed.ts"],
  ],
  ["what carries out such a memo", /autonomy\/promotion-deed"/, ["lib/decisions/mutations/deeds.ts"]],
  ["what pauses and lets go on", /mutations\/autonomy\/pause"/, ["lib/decisions/actions/autonomy.ts"]],
  [
    "what proposes a promotion: the policy itself, by night",
    /proposePromotions\b/,
    ["lib/decisions/mutations/autonomy/promotions.ts", "lib/workflows/watch.ts"],
  ],
])("%s", (_what, pattern, expected) => {
  expect(filesWith(pattern)).toEqual(expected);
});
