import { z } from "zod";
import type { ToolCall } from "@/lib/agents/define-tool";
import type { ActionClass, MemoContent } from "@/lib/decisions/schema";
import { ok, refuse } from "@/lib/errors";
import type { seenVenture } from "../tools";

/** What every tool answers that asks the chairman about a sale. */
export const proposedOutput = z.object({
  ...{ proposalId: z.string(), memoId: z.string(), outcome: z.enum(["ask", "execute"]), title: z.string() },
  /** The same was asked before; nothing was written. */
  repeated: z.boolean(),
});

type Draft = { title: string; rationale: string; content: Omit<MemoContent, "quotes"> };
type Seen = Extract<Awaited<ReturnType<typeof seenVenture>>, { ok: true }>["value"];
type Proposing = {
  draft: Draft;
  actionClass: ActionClass;
  stake: { stakeMinor: string | null; stakeCurrency: string | null };
  dedupeKey: string;
};

/** A draft with the stored revisions of the figures that it quotes; null where one was never stored. */
async function quotedContent(ventureId: string, draft: Draft["content"]): Promise<MemoContent | null> {
  const { listFigureRows } = await import("@/lib/decisions/queries/proposing");
  const { quotedFigures } = await import("@/lib/decisions/rules/memo-content");
  const { withQuotes } = await import("@/lib/decisions/rules/initiative-memo");
  const rows = await listFigureRows(ventureId, quotedFigures(draft));
  return withQuotes(draft, new Map([...rows].map(([id, { revision }]) => [id, revision])));
}

/** Asks the chairman, for a month; null where the draft quotes what no tool was asked about. */
export async function proposeDraft(seen: Seen, call: ToolCall, { draft, actionClass, stake, dedupeKey }: Proposing) {
  const { recordProposal: proposeAction } = await import("@/lib/decisions/mutations/proposals");
  const content = await quotedContent(seen.id, draft.content);
  if (!content) return null;
  const { title, rationale } = draft;
  const about = { ventureId: seen.id, agent: call.agent, runId: call.runId, title, rationale, content };
  const made = await proposeAction(
    seen.actor,
    { ...about, actionClass, ...stake, expiresInDays: 30, dedupeKey: dedupeKey.slice(0, 200) },
    call.now,
  );
  if (!made.ok) return refuse(made.refusal === "FORBIDDEN_BY_POLICY" ? "FORBIDDEN" : made.refusal, made.problems);
  const { proposalId, memoId, outcome, repeated } = made.value;
  return ok({ result: { proposalId, memoId, outcome, title, repeated } });
}
