import { describe, expect, test } from "vitest";
import { mayAsk, mayOpine } from "./reading";

const memo = { status: "pending" as const, version: 3, expiresAt: new Date("2026-12-10T12:00:00Z") };
const asked = { version: 3, dueOn: "2026-11-25", today: "2026-11-23", colleague: true, already: false };
const reading = { own: true, givenAt: null, withdrawnAt: null };
const said = (result: { ok: boolean; refusal?: string }) => (result.ok ? "ok" : result.refusal);

describe("asking a colleague to read", () => {
  test.each([
    ["an open memo, as it was read", memo, asked, "ok"],
    ["one that waits for an answer", { ...memo, status: "question" as const }, asked, "ok"],
    ["by today", memo, { ...asked, dueOn: "2026-11-23" }, "ok"],
    ["one that is decided", { ...memo, status: "approved" as const }, asked, "CLOSED"],
    ["a version that is gone", { ...memo, version: 4 }, asked, "CONFLICT"],
    ["somebody who does not see the venture, or oneself", memo, { ...asked, colleague: false }, "NOT_A_COLLEAGUE"],
    ["somebody who has it to read already", memo, { ...asked, already: true }, "ASKED_ALREADY"],
    ["by a day that is over", memo, { ...asked, dueOn: "2026-11-22" }, "DATE_PASSED"],
    ["by a day on which it has expired", memo, { ...asked, dueOn: "2026-12-11" }, "DATE_AFTER_EXPIRY"],
  ])("%s", (_what, of, by, expected) => {
    expect(said(mayAsk(of, by))).toBe(expected);
  });
});

describe("the opinion", () => {
  test.each([
    ["of who was asked", memo, reading, 3, "ok"],
    ["of somebody else", memo, { ...reading, own: false }, 3, "NOT_YOURS"],
    ["a second one", memo, { ...reading, givenAt: new Date() }, 3, "ALREADY_SAID"],
    ["of who was let off", memo, { ...reading, withdrawnAt: new Date() }, 3, "CLOSED"],
    ["after the decision", { ...memo, status: "rejected" as const }, reading, 3, "CLOSED"],
    ["on a version that is gone", memo, reading, 2, "CONFLICT"],
  ])("%s", (_what, of, about, version, expected) => {
    expect(said(mayOpine(of, about, version))).toBe(expected);
  });
});
