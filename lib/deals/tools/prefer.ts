import { z } from "zod";
import { contradiction, defineTool, invalid, type Tool } from "@/lib/agents/define-tool";
import { preferenceMemo, preferSubject, stakeOf } from "../rules/deal-memos";
import { seenVenture } from "../tools";
import { proposeDraft, proposedOutput } from "./proposing";

const inputSchema = z.strictObject({
  venture: z.string().min(1).describe("The venture's id or its short name in addresses"),
  offerId: z.uuid().describe("The offer to negotiate on, as deals.compare-offers names it"),
});
export const proposePreferredTool = defineTool({
  name: "deals.propose-preferred",
  description:
    "Asks the chairman to negotiate first with the bidder of this offer. The memo is written from stored figures: what each bidder's newest offer brings the group, what is not stated, the conditions, the backups. Only for an offer of a bidder that is still in, and only once what it brings is known.",
  input: inputSchema,
  output: proposedOutput,
  effect: "propose",
  pure: false,
  reads: ["deal-terms", "transaction-status"],
  writes: ["closing-documents"],
  run: async ({ venture: given, offerId }, call) => {
    const seen = await seenVenture(given, call);
    if (!seen.ok) return seen;
    const { getPreferenceCase } = await import("../queries/preference-case");
    const found = await getPreferenceCase(seen.value.actor, seen.value.id, offerId);
    if (!found.ok) return contradiction("offerId", found.why);
    const made = await proposeDraft(seen.value, call, {
      draft: preferenceMemo(found.facts, found.why),
      actionClass: "deal.prefer-bidder",
      stake: stakeOf(found.facts.chosen.worth, found.facts.currency),
      dedupeKey: `${preferSubject(found.facts.processId)}:${found.cause}`,
    });
    return made ?? invalid("offerId", "an offer that deals.compare-offers was asked about first");
  },
});

export const preferTools: readonly Tool[] = [proposePreferredTool] as unknown as Tool[];
