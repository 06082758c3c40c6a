import "server-only";
import { z } from "zod";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { namesOf } from "@/lib/decisions/queries/people";
import { listFigureViews } from "@/lib/figures/queries";
import type { FigureView } from "@/lib/figures/schema";
import type { Exchange } from "../agent";
import { type ReportBlock, reportBlockSchema } from "../report";
import { readableReason } from "../run-stream";
import type { AgentName } from "../schema";
import { runInputSchema } from "./runs";

const resultSchema = z.object({
  blocks: z.array(reportBlockSchema),
  model: z.string(),
  text: z.string(),
  figures: z.array(z.object({ id: z.string(), revision: z.int() })),
});

export type AskedQuestion = {
  runId: string;
  question: string;
  by: string;
  at: string;
  status: string;
  model: string;
  /** Why there is no answer. */
  failure: string | null;
  /** Null while it is being answered, and where it could not be. */
  answer: { blocks: ReportBlock[]; figures: Record<string, FigureView> } | null;
};

/** What was asked about a venture and answered, oldest first, with the figures as they were quoted. */
export async function listConversation(
  actor: Actor,
  ventureId: string,
  take: number,
  agent: AgentName = "growth",
): Promise<AskedQuestion[]> {
  if (!maySeeVenture(actor, ventureId)) return [];
  const rows = await db.agentRun.findMany({
    where: { ventureId, agent, task: "ask" },
    orderBy: { createdAt: "desc" },
    take,
  });
  const answers = rows.map((row) => resultSchema.safeParse(row.result).data ?? null);
  const [nameOf, views] = await Promise.all([
    namesOf(
      db,
      rows.map((row) => row.startedBy),
    ),
    listFigureViews(
      actor,
      answers.flatMap((answer) => answer?.figures ?? []),
    ),
  ]);
  const byRef = new Map(views.map((view) => [`${view.id}@${view.revision}`, view]));
  return rows
    .map((row, index): AskedQuestion => {
      const answer = answers[index];
      const quoted = (answer?.figures ?? []).flatMap(({ id, revision }) => byRef.get(`${id}@${revision}`) ?? []);
      return {
        ...{ runId: row.id, status: row.status, model: answer?.model ?? row.model },
        question: runInputSchema.safeParse(row.input).data?.question ?? "",
        by: nameOf(row.startedBy),
        at: row.createdAt.toISOString(),
        failure: readableReason(row.failure, actor.role === "analyst"),
        answer: answer
          ? { blocks: answer.blocks, figures: Object.fromEntries(quoted.map((figure) => [figure.id, figure])) }
          : null,
      };
    })
    .reverse();
}

const REMEMBERED = 4;

/** The last answered questions before this run: what a model is reminded of. */
export async function listExchanges(ventureId: string, agent: string, runId: string): Promise<Exchange[]> {
  const rows = await db.agentRun.findMany({
    where: { ventureId, agent, task: "ask", status: "succeeded", NOT: { id: runId } },
    orderBy: { createdAt: "desc" },
    take: REMEMBERED,
    select: { input: true, result: true },
  });
  return rows
    .flatMap(({ input, result }) => {
      const question = runInputSchema.safeParse(input).data?.question;
      const answer = resultSchema.safeParse(result).data?.text;
      return question && answer ? [{ question, answer }] : [];
    })
    .reverse();
}
