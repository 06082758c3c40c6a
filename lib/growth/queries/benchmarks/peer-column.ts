import "server-only";
import { z } from "zod";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { askedView } from "@/lib/figures/rules";
import { type Figure, type FigureAsk, type FigureView, unitSchema } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import { type PeerQuestion, peerFigure } from "../../rules/benchmarks/peer-figures";
import { loadPeers } from "./benchmarks";

export type PeerView = { median: FigureView; sampleSize: number; asOf: string; source: string };

type Asked = { yearly: string; day: string; metrics: readonly { metric: string; unit: string }[] };

/** The medians of comparable companies for these metrics, by metric; empty where no benchmark is stored for the size. */
export async function listPeerMedians(
  actor: Actor,
  ventureId: string,
  { yearly, day, metrics }: Asked,
): Promise<Record<string, PeerView>> {
  const venture = maySeeVenture(actor, ventureId) ? await db.venture.findUnique({ where: { id: ventureId } }) : null;
  if (!venture) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    const peers = await loadPeers(tx, venture, new Exact(yearly), day);
    const found = metrics.flatMap(({ metric, unit }) => {
      const row = peers.rows?.find((one) => one.metric === metric);
      if (!row) return [];
      const args = { venture: ventureId, metric, unit, yearly, day };
      const figure = peerFigure(
        { ventureId, metric, unit: unitSchema.parse(unit), yearly, day },
        row,
        peers.sources(row),
      );
      const { sampleSize, asOf, source } = row;
      return [[metric, { median: askedView(figure, { of: "growth.peers", args }), sampleSize, asOf, source }] as const];
    });
    return Object.fromEntries(found);
  });
}

const argsSchema = z.object({ metric: z.string(), unit: unitSchema, yearly: z.string(), day: z.iso.date() });

async function medianOf(tx: Tx, question: PeerQuestion): Promise<Figure[] | null> {
  const venture = await tx.venture.findUnique({ where: { id: question.ventureId } });
  const yearly = z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .safeParse(question.yearly);
  if (!venture || !yearly.success) return null;
  const peers = await loadPeers(tx, venture, new Exact(yearly.data), question.day);
  const row = peers.rows?.find((one) => one.metric === question.metric);
  return row ? [peerFigure(question, row, peers.sources(row))] : null;
}

/** The same for one figure that somebody opens. */
export async function peerFiguresOn(tx: Tx, ventureId: string, args: FigureAsk["args"]): Promise<Figure[] | null> {
  const read = argsSchema.safeParse(args);
  return read.success && z.uuid().safeParse(ventureId).success ? medianOf(tx, { ventureId, ...read.data }) : null;
}

/** And for one that is computed again: its inputs are the question. */
export async function recomputePeerFigure(tx: Tx, { figure, ventureId }: { figure: Figure; ventureId: string | null }) {
  const args = Object.fromEntries(
    Object.entries(figure.inputs).map(([name, input]) => [name, "value" in input ? String(input.value) : ""]),
  );
  return ventureId ? peerFiguresOn(tx, ventureId, args) : null;
}
