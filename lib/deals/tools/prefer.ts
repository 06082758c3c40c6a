import { z } from "zod";
import { contradiction, defineTool, invalid, type Tool } from "@/lib/agents/define-tool";
import { ok, refuse } from "@/lib/errors";
import { preferenceMemo, preferSubject, stakeOf } from "../rules/deal-memos";
import { seenVenture } from "../tools";

const inputSchema = z.strictObject({
  venture: z.string().min(1).describe("The venture's id or its short name in addresses"),
  offerId: z.uuid().describe("The offer to negotiate on, as deals.compare-offers names it"),
});
const outputSchema = z.object({
  ...{ proposalId: z.string(), memoId: z.string(), outcome: z.enum(["ask", "execute"]), title: z.string() },
  /** The same was asked before; nothing was written. */
  repeated: z.boolean(),
});

export const proposePreferredTool = defineTool({
  name: "deals.propose-preferred",
  description:
    "Asks the chairman to negotiate first with the bidder of this offer. The memo is written from stored figures: what each bidder's newest offer brings the group, what is not stated, the conditions, the backups. Only for an offer of a bidder that is still in, and only once what it brings is known.",
  input: inputSchema,
  output: outputSchema,
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
    const { listFigureRows } = await import("@/lib/decisions/queries/proposing");
    const { withQuotes } = await import("@/lib/decisions/rules/initiative-memo");
    const { recordProposal: proposeAction } = await import("@/lib/decisions/mutations/proposals");
    const draft = preferenceMemo(found.facts, found.why);
    const rows = await listFigureRows(seen.value.id, found.figures);
    const content = withQuotes(draft.content, new Map([...rows].map(([id, { revision }]) => [id, revision])));
    if (!content) return invalid("offerId", "an offer that deals.compare-offers was asked about first");
    const { title, rationale } = draft;
    const about = { ventureId: seen.value.id, agent: call.agent, runId: call.runId, title, rationale, content };
    const dedupeKey = `${preferSubject(found.facts.processId)}:${found.cause}`;
    const made = await proposeAction(
      seen.value.actor,
      {
        ...about,
        dedupeKey,
        actionClass: "deal.prefer-bidder",
        ...stakeOf(found.facts.chosen.worth, found.facts.currency),
        expiresInDays: 30,
      },
      call.now,
    );
    if (!made.ok) return refuse(made.refusal === "FORBIDDEN_BY_POLICY" ? "FORBIDDEN" : made.refusal, made.problems);
    const { proposalId, memoId, outcome, repeated } = made.value;
    return ok({ result: { proposalId, memoId, outcome, title, repeated } });
  },
});

export const preferTools: readonly Tool[] = [proposePreferredTool] as unknown as Tool[];
