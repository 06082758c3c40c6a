import type { Action } from "../schema";

type Kind = Action["type"];

/** Which way an action moves a venture: towards its sale or away from it, more money into growth or less. */
type Pull = { axis: "sale" | "growth"; way: 1 | -1 };

const towards = (axis: Pull["axis"], way: Pull["way"], kinds: readonly Kind[]): [Kind, Pull][] =>
  kinds.map((kind) => [kind, { axis, way }]);

const PULLS: ReadonlyMap<string, Pull> = new Map<string, Pull>([
  ...towards("sale", 1, ["exit.start-preparation", "exit.open-room", "exit.approach-buyers", "exit.approve-exit"]),
  ...towards("sale", 1, ["deal.prefer-bidder", "deal.sign-loi", "deal.sign-agreement", "deal.send-counter"]),
  ...towards("sale", 1, ["deal.waive-condition", "deal.release-signatures"]),
  ...towards("sale", -1, ["exit.return-to-growth", "exit.pause-preparation", "deal.delay-exit", "deal.pause-sale"]),
  ...towards("sale", -1, ["stage.regress-to-39"]),
  ...towards("growth", 1, ["growth.start-initiative", "growth.raise-budget"]),
  ...towards("growth", -1, ["growth.review-strategy", "growth.pause-initiative"]),
]);

/** Steps after which the company is as good as sold: what is spent on growth from then on works for the buyer. */
const SELLING: readonly Kind[] = [
  "exit.approve-exit",
  "deal.sign-loi",
  "deal.sign-agreement",
  "deal.release-signatures",
];

/** What one agent recommends now: the action of its memo's recommended option. */
export type Voice = { memoId: string; by: string; title: string; status: string; action: Action };

export type Dissent = { memoId: string; by: string; title: string; status: string; why: string };

const part = (action: Action, key: "initiativeId" | "dealId" | "trancheId"): string | null => {
  const value = (action as unknown as Record<string, unknown>)[key];
  return typeof value === "string" ? value : null;
};

const same = (one: Action, other: Action, key: "initiativeId" | "trancheId"): boolean =>
  part(one, key) !== null && part(one, key) === part(other, key);

/** Bidders of one sale exclude each other: one signs, or is negotiated with first. */
const CHOICES: readonly Kind[] = ["deal.prefer-bidder", "deal.sign-loi", "deal.sign-agreement"];

function onTheSameThing(one: Action, other: Action): string | null {
  const frozen = [one.type, other.type].toSorted().join(" ") === "deal.freeze-tranche deal.lift-freeze";
  if (frozen && same(one, other, "trancheId")) return "One would keep the tranche frozen, the other set it free.";
  const [mine, theirs] = [part(one, "dealId"), part(other, "dealId")];
  const choose = CHOICES.includes(one.type) && CHOICES.includes(other.type);
  if (choose && mine !== null && theirs !== null && mine !== theirs)
    return "It is for another bidder of the same sale.";
  return null;
}

function apart(one: Action, other: Action): string | null {
  const [mine, theirs] = [PULLS.get(one.type), PULLS.get(other.type)];
  if (!mine || !theirs) return null;
  if (mine.axis === "sale" && theirs.axis === "sale" && mine.way !== theirs.way)
    return theirs.way === 1
      ? "It goes on towards a sale, this one away from it."
      : "It holds the sale back, this one goes on with it.";
  if (mine.axis === "growth" && theirs.axis === "growth" && mine.way !== theirs.way) {
    const [a, b] = [part(one, "initiativeId"), part(other, "initiativeId")];
    // A pause of one initiative is no word about another; a review of the strategy is about all of them.
    const all = one.type === "growth.review-strategy" || other.type === "growth.review-strategy";
    if (!all && (a === null || a !== b)) return null;
    return theirs.way === 1
      ? "It puts more money into what this one holds back."
      : "It holds back what this one puts money into.";
  }
  const spends = (action: Action, pull: Pull) =>
    pull.axis === "growth" && pull.way === 1 && BigInt(action.budgetMinor) > 0n;
  if (spends(one, mine) && SELLING.includes(other.type))
    return "It sells the company: what is spent here before the closing works for the buyer.";
  if (spends(other, theirs) && SELLING.includes(one.type))
    return "It spends on growth what would work for the buyer once this is signed.";
  return null;
}

/**
 * Recommendations on the same venture that cannot both be right, found in what they would do and never in what their texts
 * say. One's own earlier memo counts as well: whoever reads has to know that its author says both.
 */
export function dissentOn(memo: Pick<Voice, "memoId" | "action">, others: readonly Voice[]): Dissent[] {
  return others.flatMap(({ action, ...voice }) => {
    if (voice.memoId === memo.memoId) return [];
    const why = onTheSameThing(memo.action, action) ?? apart(memo.action, action);
    return why === null ? [] : [{ ...voice, why }];
  });
}
