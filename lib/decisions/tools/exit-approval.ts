import "server-only";
import { z } from "zod";
import { contradiction, defineTool, invalid, type Tool } from "@/lib/agents/define-tool";
import { ok, refuse } from "@/lib/errors";
import { findVentureFor } from "@/lib/ventures/queries";
import { recordProposal as proposeAction } from "../mutations/proposals";
import { listFigureRows } from "../queries/proposing";
import { approvalMemo, figuresOfCase, onlyStored } from "../rules/exit-approval-memo";
import { withQuotes } from "../rules/initiative-memo";

const inputSchema = z.strictObject({
  venture: z.string().min(1).describe("The venture's id or its short name in addresses"),
});
const outputSchema = z.object({
  proposalId: z.string(),
  memoId: z.string(),
  outcome: z.enum(["ask", "execute"]),
  title: z.string(),
  /** The same was asked before in this preparation; nothing was written. */
  repeated: z.boolean(),
});

export const proposeExitApproval = defineTool({
  name: "exit.propose-approval",
  description:
    "Asks the chairman to approve the exit of a venture whose preparation runs and whose readiness has reached the profile's target. The memo is written from stored figures: value range, proceeds, buyers, gaps, alternatives. Nothing happens before the chairman says so; asked again about the same cause, it is the same memo.",
  input: inputSchema,
  output: outputSchema,
  effect: "propose",
  pure: false,
  reads: ["venture-performance", "buyer-intelligence", "market-conditions"],
  writes: ["valuation"],
  run: async ({ venture: given }, { actor, agent, runId, now }) => {
    if (!actor) return refuse("FORBIDDEN");
    const venture = await findVentureFor(actor, given);
    if (!venture) return refuse("NOT_FOUND", [{ path: "venture", expected: "a venture that the caller may see" }]);
    const { getApprovalCase } = await import("@/lib/stage/queries/approval-case");
    const found = await getApprovalCase(actor, venture.id, now);
    if (!found.ok) return contradiction("venture", found.why);
    const { facts, dedupeKey } = found;
    const rows = await listFigureRows(venture.id, figuresOfCase(facts));
    const draft = approvalMemo(onlyStored(facts, (id) => rows.has(id)));
    const content = withQuotes(draft.content, new Map([...rows].map(([id, { revision }]) => [id, revision])));
    if (!content) return invalid("venture", "a venture whose readiness was read first");
    const { title, rationale } = draft;
    const about = { ventureId: venture.id, agent, runId, title, rationale, content, dedupeKey, expiresInDays: 60 };
    const stake = { stakeMinor: null, stakeCurrency: null };
    const made = await proposeAction(actor, { ...about, ...stake, actionClass: "exit.approve-exit" }, now);
    if (!made.ok) return refuse(made.refusal === "FORBIDDEN_BY_POLICY" ? "FORBIDDEN" : made.refusal, made.problems);
    const { proposalId, memoId, outcome, repeated } = made.value;
    return ok({ result: { proposalId, memoId, outcome, title, repeated } });
  },
});

export const exitDecisionTools: readonly Tool[] = [proposeExitApproval];
