import { callTool } from "@/lib/agents/define-tool";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { proposeInitiative } from "@/lib/decisions/tools";
import { type AppErrorCode, ok, type Result, refuse } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { neededBy } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { figuresOf, getVentureLevers } from "@/lib/growth/queries/levers/levers";
import { CHOICE_REASONS, type ProposeLever } from "@/lib/growth/schema";

type Proposed = { memoId: string };

/** A person's proposal of one lever: its figures are stored as they are now, then it goes the way of every proposal. */
export async function proposeLever(
  actor: Actor,
  { ventureId, leverId, why }: ProposeLever,
  now: Date,
): Promise<Result<Proposed, AppErrorCode>> {
  const found = await getVentureLevers(actor, ventureId, null, now);
  const chosen = found.levers.find(({ lever }) => lever.id === leverId);
  if (!chosen) return refuse("NOT_FOUND");
  const { lever, figures } = chosen;
  if (found.portfolio?.choice.choices.find(({ id }) => id === leverId)?.reason === "under-way")
    return refuse("INVALID_INPUT", [{ path: "why", expected: CHOICE_REASONS["under-way"] }]);
  const all = figuresOf(found);
  const needed = new Map<string, Figure>();
  for (const figure of Object.values(figures)) for (const one of neededBy(figure, all)) needed.set(one.id, one);
  await db.$transaction((tx) => saveFigures(tx, ventureId, [...needed.values()], now), { timeout: 60_000 });
  const ids = Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, figure.id]));
  const input = {
    ...{ venture: ventureId, rationale: why },
    lever: { id: lever.id, kind: lever.kind, subject: lever.subject, figures: ids },
  };
  const answer = await callTool(proposeInitiative, input, { actor, agent: null, runId: null, now });
  if (answer.ok) return ok({ memoId: (answer.result as Proposed).memoId });
  const { code, message, path } = answer.error;
  if (code === "FORBIDDEN" || code === "NOT_FOUND") return refuse(code);
  return refuse("INVALID_INPUT", [
    { path: path === "rationale" || path === "lever" ? "why" : path, expected: message },
  ]);
}
