import "server-only";
import { z } from "zod";
import { contradiction, defineTool, invalid, type Tool } from "@/lib/agents/define-tool";
import { ok, refuse } from "@/lib/errors";
import { CRITERIA, criterionOf } from "@/lib/readiness/rules/criteria";
import { findVentureFor } from "@/lib/ventures/queries";
import { recordProposal as proposeAction } from "../mutations/proposals";
import { listFigureRows } from "../queries/proposing";
import { withQuotes } from "../rules/initiative-memo";
import { scoreMemo } from "../rules/score-memo";

const IDS = CRITERIA.filter(({ automatic }) => !automatic).map(({ id }) => id);
const inputSchema = z.strictObject({
  venture: z.string().min(1).describe("The venture's id or its short name in addresses"),
  criterion: z.string().refine((id) => IDS.includes(id), `one of ${IDS.join(", ")}`),
  score: z.int().min(0).max(4).describe("0 to 4 by the criterion's own levels"),
  documents: z.array(z.uuid()).max(10).default([]).describe("Documents of the data room that it rests on"),
  figures: z.array(z.string()).max(10).default([]).describe("Stored figures that it rests on"),
});
const outputSchema = z.object({
  proposalId: z.string(),
  memoId: z.string(),
  outcome: z.enum(["ask", "execute"]),
  title: z.string(),
  repeated: z.boolean(),
});

export const proposeReadinessScore = defineTool({
  name: "exit.propose-score",
  description:
    "Proposes the answer to one criterion of exit readiness that data cannot answer, on documents of the data room or stored figures. The words are the criterion's own. It is kept once the policy or the chairman says so; a person can score it anew at any time.",
  input: inputSchema,
  output: outputSchema,
  effect: "propose",
  pure: false,
  reads: ["venture-performance"],
  writes: ["due-diligence-package"],
  run: async ({ venture: given, criterion: id, score, documents, figures }, { actor, agent, runId, now }) => {
    if (!actor) return refuse("FORBIDDEN");
    const venture = await findVentureFor(actor, given);
    const criterion = criterionOf(id);
    if (!venture || !criterion) return refuse("NOT_FOUND", [{ path: "venture", expected: "a venture in sight" }]);
    const { readProposedScore } = await import("@/lib/readiness/queries/evidence");
    const read = await readProposedScore(venture.id, { criterion: id, documents, figures });
    if (!read) return invalid("documents", "at least one document or figure of this venture, and no other");
    const { evidence, standing, currency } = read;
    if (standing?.score === score) return contradiction("score", "another score than the one that stands");
    const about = { ventureId: venture.id, venture: venture.name, currency, criterion, score, evidence };
    const draft = scoreMemo({ ...about, replaces: standing?.id ?? null });
    const rows = await listFigureRows(venture.id, figures);
    const content = withQuotes(draft.content, new Map([...rows].map(([key, { revision }]) => [key, revision])));
    if (!content) return invalid("figures", "figures of this venture");
    const { title, rationale, actionClass } = draft;
    const refs = evidence.map(({ ref }) => ref).toSorted();
    const dedupeKey = `score:${venture.id}:${id}:${score}:${standing?.id ?? ""}:${refs.join(",")}`.slice(0, 200);
    const proposal = { ventureId: venture.id, agent, runId, title, rationale, content, dedupeKey, actionClass };
    const made = await proposeAction(actor, { ...proposal, stakeMinor: null, stakeCurrency: null }, now);
    if (!made.ok) return refuse(made.refusal === "FORBIDDEN_BY_POLICY" ? "FORBIDDEN" : made.refusal, made.problems);
    const { proposalId, memoId, outcome, repeated } = made.value;
    return ok({ result: { proposalId, memoId, outcome, title, repeated } });
  },
});

export const readinessDecisionTools: readonly Tool[] = [proposeReadinessScore];
