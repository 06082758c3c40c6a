import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { ok, type Result } from "@/lib/errors";
import { storeWritten } from "@/lib/reports/mutations/artefacts";
import { computeClosing, statusKind } from "../queries/closing";
import { statusBlocks } from "../rules/status-report";
import type { ClosingRefusal } from "../schema";
import { lockClosing } from "./closing-row";

/** Writes the next version of the transaction status update from what is stored now. */
export async function writeStatus(
  actor: Actor,
  { dealId }: { dealId: string },
  now: Date,
): Promise<Result<{ artefactId: string; version: number }, ClosingRefusal>> {
  return db.$transaction(
    async (tx) => {
      const { closing, today } = await lockClosing(tx, actor, dealId, now);
      const { standing, verdict, figures } = await computeClosing(tx, closing, today);
      const { ventureId, bidder } = closing;
      const { name } = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
      const blocks = statusBlocks({ venture: name, bidder, today, closing, standing, verdict, figures });
      const title = `Transaction status: ${name} to ${bidder}`;
      const kept = { ventureId, kind: statusKind(dealId), title, blocks, figures };
      const { id, version } = await storeWritten(tx, actor, kept, now);
      return ok({ artefactId: id, version });
    },
    { timeout: 60_000, maxWait: 20_000 },
  );
}
