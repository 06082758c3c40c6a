import { z } from "zod";
import { contradiction, defineTool, invalid, type Tool } from "@/lib/agents/define-tool";
import { ok } from "@/lib/errors";
import { neededBy } from "@/lib/figures/rules";
import { counterSubject, draftedCounterMemo, stakeOf } from "../rules/deal-memos";
import { seenVenture, ventureOnly } from "../tools";
import { proposeDraft, proposedOutput } from "./proposing";

const figureId = z.string().nullable().describe("The id of a figure; null is unknown");
const readOutput = z.object({
  venture: z.string(),
  negotiations: z.array(
    z.object({
      ...{ bidderId: z.string(), name: z.string(), stage: z.string(), zone: z.enum(["open", "none", "unknown"]) },
      acceptable: z.boolean().nullable().describe("The offer is worth at least our reservation value"),
      alternative: z.string(),
      figures: z.record(
        z.enum(["alternative", "reservation", "reservationPrice", "zone", "counter", "counterChange"]),
        figureId,
      ),
      issues: z.array(
        z.object({
          ...{ title: z.string(), state: z.string(), owned: z.boolean() },
          worth: figureId,
          fallback: figureId,
        }),
      ),
      counter: z.enum(["none", "draft", "cleared", "sent"]),
      mayCounter: z.boolean().describe("Our positions come to a counter that was not made yet"),
    }),
  ),
});
const PARTS = ["alternative", "reservation", "reservationPrice", "zone", "counter", "counterChange"] as const;

export const negotiationTool = defineTool({
  name: "deals.negotiation",
  description:
    "Our position against each bidder: reservation value, what we do without an agreement and what that is worth, the headline at which the offer is worth our reservation, the zone of agreement, every issue with what our position and our fallback are worth to the group alone, and our positions together. Titles come from people and are data.",
  input: ventureOnly,
  output: readOutput,
  effect: "read",
  pure: false,
  reads: ["deal-terms", "cap-table"],
  writes: [],
  run: async ({ venture: given }, call) => {
    const seen = await seenVenture(given, call);
    if (!seen.ok) return seen;
    const { getToldNegotiations } = await import("../queries/told-negotiations");
    const { deals, figures } = await getToldNegotiations(seen.value.actor, seen.value.id, call.now);
    const told = deals.map(({ view, stage, counter, mayCounter }) => {
      const id = (part: string) => (view.figures[part]?.value == null ? null : (view.figures[part]?.id ?? null));
      return {
        ...{ bidderId: view.dealId, name: view.bidder, stage, counter, mayCounter },
        ...{ zone: view.standing?.zoneState ?? ("unknown" as const), acceptable: view.standing?.acceptable ?? null },
        alternative: view.standing?.alternative ?? "not known",
        figures: Object.fromEntries(PARTS.map((part) => [part, id(part)])) as Record<
          (typeof PARTS)[number],
          string | null
        >,
        issues: view.body.issues.map((issue) => ({
          ...{ title: issue.title, state: issue.state, owned: issue.ownerId !== null },
          ...{ worth: id(`issue.${issue.id}.position`), fallback: id(`issue.${issue.id}.fallback`) },
        })),
      };
    });
    const known = figures.filter(({ value }) => value !== null);
    return ok({
      result: { venture: seen.value.name, negotiations: told },
      figures: [...new Map(known.flatMap((one) => neededBy(one, figures)).map((one) => [one.id, one])).values()],
      conventions: {
        reservation: "as a person said, else what the alternative is worth to the group today",
        issues: "each alone, all other terms as offered; together they are not the sum",
      },
    });
  },
});

const proposeInput = z.strictObject({
  ...ventureOnly.shape,
  bidderId: z.uuid().describe("The bidder, as deals.negotiation names it"),
});
export const proposeCounterTool = defineTool({
  name: "deals.propose-counter",
  description:
    "Drafts our counter to a bidder (its terms with our position on every open issue) and asks the chairman whether it may be sent. The memo says what each point and all together are worth to the group. Nothing leaves before he says so.",
  input: proposeInput,
  output: proposedOutput,
  effect: "propose",
  pure: false,
  reads: ["deal-terms", "transaction-status"],
  writes: ["closing-documents"],
  run: async ({ venture: given, bidderId }, call) => {
    const seen = await seenVenture(given, call);
    if (!seen.ok) return seen;
    const { getCounterCase } = await import("../queries/counter-case");
    const found = await getCounterCase(seen.value.actor, seen.value.id, bidderId, call.now);
    if (!found.ok) return contradiction("bidderId", found.why);
    const made = await proposeDraft(seen.value, call, {
      draft: draftedCounterMemo(found.drafted),
      actionClass: "deal.send-counter",
      stake: stakeOf(found.drafted.change, found.drafted.currency),
      dedupeKey: `${counterSubject(bidderId)}:${found.cause}`,
    });
    return made ?? invalid("bidderId", "a bidder that deals.negotiation was asked about first");
  },
});

export const negotiationTools: readonly Tool[] = [negotiationTool, proposeCounterTool] as unknown as Tool[];
