import "server-only";
import { z } from "zod";
import {
  type Computed,
  contradiction,
  defineTool,
  invalid,
  type Tool,
  type ToolCall,
  type ToolRefusal,
} from "@/lib/agents/define-tool";
import { checkSentence, problemText } from "@/lib/agents/grounding";
import { figureStandings, listFigureFacts } from "@/lib/agents/queries/figure-standing";
import { ok, type Result, refuse } from "@/lib/errors";
import { listOutboundTargets } from "@/lib/growth/queries/initiatives/endpoints";
import { toMinor } from "@/lib/money";
import { findVentureFor } from "@/lib/ventures/queries";
import { recordProposal as proposeAction } from "./mutations/proposals";
import { type FigureRow, listFigureRows, listKnownNames } from "./queries/proposing";
import { initiativeMemo, withQuotes } from "./rules/initiative-memo";
import { figuresIn } from "./rules/memo-content";
import type { MemoContent } from "./schema";
import { proposedLeverSchema } from "./schema/levers";

const sentences = (most: number) => z.string().trim().min(1, "some text").max(most);

const inputSchema = z.object({
  venture: z.string().min(1).describe("The venture's id or its short name in addresses"),
  lever: proposedLeverSchema.describe("The lever exactly as venture.levers returned it"),
  rationale: sentences(1_200).describe("Two or three sentences; figures only as [[fig:<id>]]"),
  why: z.array(sentences(400)).max(5).default([]).describe("One line per reason"),
  dissent: sentences(600).nullable().default(null).describe("The best argument against it"),
  artefactId: z.uuid().nullable().default(null),
});
type Input = z.output<typeof inputSchema>;

const outputSchema = z.object({
  proposalId: z.string(),
  memoId: z.string(),
  /** ask: it waits for the chairman. execute: the policy let it pass. */
  outcome: z.enum(["ask", "execute"]),
  title: z.string(),
});

/** Text that holds a number no figure backs, or a name that is not in the data, is refused and named. */
async function textProblem(ventureId: string, texts: readonly string[]): Promise<string | null> {
  const ids = texts.flatMap(figuresIn);
  const [figures, facts] = await Promise.all([figureStandings(ventureId, ids, new Map()), listFigureFacts(ids)]);
  const quoted = texts.flatMap((text) =>
    [...text.matchAll(/\[\[name:([^[\]\n]*)\]\]/g)].map((match) => match[1] ?? ""),
  );
  const names = new Set(await listKnownNames(ventureId, quoted));
  for (const text of texts) {
    const [problem] = checkSentence(text, { figures, facts, names, untrusted: [] });
    if (problem) return problemText(problem);
  }
  return null;
}

type Answer = Promise<Result<Computed<z.output<typeof outputSchema>>, ToolRefusal>>;

async function propose(input: Input, call: ToolCall): Answer {
  const { actor, agent, runId, now } = call;
  if (!actor) return refuse("FORBIDDEN");
  const venture = await findVentureFor(actor, input.venture);
  if (!venture) return refuse("NOT_FOUND", [{ path: "venture", expected: "a venture that the caller may see" }]);
  const problem = await textProblem(venture.id, textsOf(input));
  if (problem) return invalid("rationale", problem);
  const drafted = await draftMemo(venture, input);
  if (!drafted.ok) return drafted;
  const { title } = drafted.value;
  const run = runId ?? now.toISOString();
  const proposal = {
    ...{ ventureId: venture.id, agent, runId, rationale: input.rationale, ...drafted.value },
    actionClass: "growth.start-initiative" as const,
    dedupeKey: `growth.start-initiative:${venture.id}:${input.lever.id}:${run}`,
  };
  const outcome = await proposeAction(actor, proposal, now);
  if (!outcome.ok) {
    return refuse(outcome.refusal === "FORBIDDEN_BY_POLICY" ? "FORBIDDEN" : outcome.refusal, outcome.problems);
  }
  const { proposalId, memoId } = outcome.value;
  return ok({ result: { proposalId, memoId, outcome: outcome.value.outcome, title } });
}

const textsOf = ({ rationale, why, dissent }: Input) => [rationale, ...why, ...(dissent ? [dissent] : [])];

type Draft = { title: string; content: MemoContent; stakeMinor: string | null; stakeCurrency: string | null };

/** The memo with every number read from the lever's stored figures. */
async function draftMemo(venture: { id: string; name: string }, input: Input): Promise<Result<Draft, ToolRefusal>> {
  const { lever, rationale: recommendation, why, dissent, artefactId } = input;
  const ids = [...Object.values(lever.figures).filter((id) => id !== null), ...textsOf(input).flatMap(figuresIn)];
  const figures = await listFigureRows(venture.id, ids);
  const cost = figures.get(lever.figures.cost);
  if (!cost) return invalid("lever.figures.cost", "a stored figure of this venture");
  if (cost.value === null || !isCurrency(cost.unit)) return invalid("lever.figures.cost", "a known amount of money");
  if (cost.value.startsWith("-")) return contradiction("lever.figures.cost", "a cost of at least nothing");
  const target = lever.figures.target ?? lever.figures.against;
  const memo = initiativeMemo({
    ...{ lever, ventureName: venture.name, recommendation, why, artefactId, currency: cost.unit },
    dissent: dissent ? [{ by: "The same analysis", text: dissent }] : [],
    budgetMinor: toMinor(cost.value, cost.unit),
    targetValue: target ? (figures.get(target)?.value ?? null) : null,
    outbound: await listOutboundTargets(venture.id),
  });
  const content = withQuotes(memo.content, new Map([...figures].map(([id, row]) => [id, row.revision])));
  if (!content) return invalid("lever.figures", "stored figures of this venture");
  return ok({ title: memo.title, content, ...stakeOf(figures.get(lever.figures.effect), cost) });
}

const isCurrency = (unit: string) => /^[A-Z]{3}$/.test(unit);

/** What is at stake is the larger of what it should bring and what it costs; the cost where the effect is no money. */
function stakeOf(effect: FigureRow | undefined, cost: FigureRow): Pick<Draft, "stakeMinor" | "stakeCurrency"> {
  if (!effect?.value || effect.unit !== cost.unit) return { stakeMinor: null, stakeCurrency: null };
  const amounts = [toMinor(effect.value, effect.unit), toMinor(cost.value ?? "0", cost.unit)];
  amounts.sort((a, b) => (a < b ? 1 : -1));
  return { stakeMinor: String(amounts[0]), stakeCurrency: cost.unit };
}

export const proposeInitiative = defineTool({
  name: "growth.propose-initiative",
  description:
    "Proposes to start one growth lever as an initiative. Nothing is started: the policy or the chairman decides. Give the lever exactly as venture.levers returned it and a rationale; budget, effect and target are read from the lever's figures.",
  input: inputSchema,
  output: outputSchema,
  effect: "propose",
  pure: false,
  reads: ["venture-performance"],
  writes: ["growth-strategies"],
  run: propose,
});

export const decisionTools: readonly Tool[] = [proposeInitiative];
