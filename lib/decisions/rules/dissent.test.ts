import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Action } from "../schema";
import { dissentOn, type Voice } from "./dissent";

const act = (type: Action["type"], more: object = {}): Action =>
  ({ type, lever: "x", title: "x", budgetMinor: "100000", currency: "EUR", ...more }) as unknown as Action;
const voice = (by: string, action: Action, memoId = "other"): Voice => ({
  ...{ memoId, by, action, title: "The other memo", status: "pending" },
});
const why = (mine: Action, theirs: Action) =>
  dissentOn({ memoId: "mine", action: mine }, [voice("agent:coordinator", theirs)]).map((one) => one.why)[0] ?? null;

describe("recommendations that pull apart, by what they would do", () => {
  test.each([
    ["to sign, and to put the exit off", act("deal.sign-loi"), act("deal.delay-exit"), /holds the sale back/],
    [
      "to return to growth, and to approach buyers",
      act("exit.return-to-growth"),
      act("exit.approach-buyers"),
      /towards a sale/,
    ],
    [
      "two bidders of one sale",
      act("deal.prefer-bidder", { dealId: "a" }),
      act("deal.sign-loi", { dealId: "b" }),
      /another bidder/,
    ],
    [
      "a tranche frozen and freed",
      act("deal.freeze-tranche", { trancheId: "t" }),
      act("deal.lift-freeze", { trancheId: "t" }),
      /frozen/,
    ],
    [
      "more money, and a pause of the same",
      act("growth.raise-budget", { initiativeId: "i" }),
      act("growth.pause-initiative", { initiativeId: "i" }),
      /holds back what/,
    ],
    [
      "a new initiative, and the whole strategy reviewed",
      act("growth.start-initiative"),
      act("growth.review-strategy"),
      /holds back what/,
    ],
    ["growth paid before a sale", act("growth.start-initiative"), act("exit.approve-exit"), /works for the buyer/],
    [
      "a sale while growth is paid",
      act("deal.sign-agreement", { dealId: "a" }),
      act("growth.raise-budget", { initiativeId: "i" }),
      /work for the buyer/,
    ],
  ])("%s", (_what, mine, theirs, expected) => {
    expect(why(mine, theirs)).toMatch(expected);
  });

  test.each([
    ["two steps towards the same sale", act("exit.open-room"), act("exit.approach-buyers")],
    ["one bidder twice", act("deal.prefer-bidder", { dealId: "a" }), act("deal.sign-loi", { dealId: "a" })],
    [
      "a pause of another initiative",
      act("growth.raise-budget", { initiativeId: "i" }),
      act("growth.pause-initiative", { initiativeId: "j" }),
    ],
    [
      "growth during preparation, which goes on beside it",
      act("growth.start-initiative"),
      act("exit.start-preparation"),
    ],
    ["what has nothing to do with either", act("payments.pay"), act("growth.start-initiative")],
    [
      "an initiative that costs nothing before a sale",
      act("growth.start-initiative", { budgetMinor: "0" }),
      act("deal.sign-loi"),
    ],
  ])("not: %s", (_what, mine, theirs) => {
    expect(why(mine, theirs)).toBeNull();
  });

  test("whatever dissents from another is dissented from by it, and no memo from itself", () => {
    const kinds = [
      "growth.start-initiative",
      "growth.pause-initiative",
      "growth.raise-budget",
      "growth.review-strategy",
      "exit.open-room",
      "exit.approve-exit",
      "exit.return-to-growth",
      "deal.sign-loi",
      "deal.delay-exit",
      "deal.freeze-tranche",
      "deal.lift-freeze",
    ] as const;
    const action = fc
      .record({ kind: fc.constantFrom(...kinds), on: fc.constantFrom("a", "b") })
      .map(({ kind, on }) => act(kind, { initiativeId: on, dealId: on, trancheId: on }));
    fc.assert(
      fc.property(action, action, (one, other) => {
        expect(why(one, other) === null).toBe(why(other, one) === null);
        expect(dissentOn({ memoId: "mine", action: one }, [voice("agent:growth", other, "mine")])).toEqual([]);
      }),
    );
  });
});
