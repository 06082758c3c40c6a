import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { digestOf } from "@/lib/figures/rules";
import type { DraftedCounter } from "../rules/deal-memos";
import { TERMS } from "../rules/terms";
import { getNegotiationPage, type NegotiationView } from "./negotiation";

export type CounterCase = { ok: true; drafted: DraftedCounter; cause: string } | { ok: false; why: string };

const no = (why: string): CounterCase => ({ ok: false, why });
const LABELS = new Map<string, string>(TERMS.map(({ key, label }) => [key, label]));

/** Issues on which we have a position, with what each is worth alone; the weightiest first. */
function issuesOf({ body, figures, offer }: NegotiationView): DraftedCounter["issues"] {
  const known = (part: string) => (figures[part]?.value == null ? null : (figures[part]?.id ?? null));
  const size = (id: string) => Math.abs(Number(figures[`issue.${id}.position`]?.value ?? 0));
  return body.issues
    .filter(({ term, position, state }) => term !== null && position !== "" && state === "open")
    .toSorted((a, b) => size(b.id) - size(a.id))
    .map(({ id, title, term, position }) => ({
      title: `${title} (${LABELS.get(term ?? "")?.toLowerCase() ?? ""})`,
      ...{ theirs: String((term && offer?.terms[term]) ?? "not stated"), ours: position },
      ...{ worth: known(`issue.${id}.position`), fallback: known(`issue.${id}.fallback`) },
    }));
}

/** Whether our positions against this bidder come to a counter that can be proposed, and what the memo says. */
export async function getCounterCase(actor: Actor, ventureId: string, dealId: string, now: Date): Promise<CounterCase> {
  const { deals, venture } = await getNegotiationPage(actor, ventureId, now);
  const deal = deals.find((one) => one.dealId === dealId);
  if (!deal?.offer || !deal.counterTerms) return no("a bidder that is still in and has made an offer");
  const issues = issuesOf(deal);
  if (issues.length === 0) return no("a bidder against whom a position on an open issue is kept");
  if (deal.figures.counter?.value == null) return no("an offer of which the group's part is known");
  const same = deal.counters.some(({ terms }) => digestOf(terms) === digestOf(deal.counterTerms));
  if (same) return no("positions that are not in a counter already");
  const id = (part: string) => (deal.figures[part]?.value == null ? null : (deal.figures[part]?.id ?? null));
  const { offerId, version, title, figures } = deal.offer;
  const worth = figures["group.riskAdjusted"];
  return {
    ok: true,
    drafted: {
      ...{ venture: venture.name, currency: venture.currency, bidder: deal.bidder, terms: deal.counterTerms, issues },
      offer: { dealId, offerId, version, title: `${title}, version ${version}` },
      figures: {
        offer: worth?.value == null ? null : worth.id,
        ...{ reservation: id("reservation"), counter: id("counter"), counterChange: id("counterChange") },
      },
      change: deal.figures.counterChange?.value ?? null,
    },
    cause: digestOf([dealId, deal.counterTerms]).slice(-24),
  };
}
