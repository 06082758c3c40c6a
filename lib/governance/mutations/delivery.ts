import "server-only";
import { randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { encryptSecret, newToken } from "@/lib/auth/secrets";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { mayReachPrivate } from "@/lib/integrations/webhook";
import { type AddressProblem, addressProblem } from "@/lib/integrations/webhook-address";
import { DELIVERY_ID } from "../queries/delivery";
import type { SetDelivery } from "../schema";

type Row = { kind: string; endpointId: string | null; answerSecret: string | null; version: number } | null;

/** The row, if the version is the one that the person read. */
async function lockDelivery(tx: Tx, version: number): Promise<{ row: Row } | null> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${DELIVERY_ID}, 6))`;
  const row = await tx.governanceDelivery.findUnique({ where: { id: DELIVERY_ID } });
  return (row?.version ?? 0) === version ? { row } : null;
}

async function keep(
  tx: Tx,
  actor: Actor,
  row: Row,
  change: { kind?: string; endpointId?: string | null; answerSecret?: string },
  now: Date,
) {
  const { kind = "folder", endpointId = null, answerSecret = null } = row ?? {};
  const data = {
    kind,
    endpointId,
    answerSecret,
    ...change,
    version: (row?.version ?? 0) + 1,
    setBy: actor.ref,
    setAt: now,
  };
  await tx.governanceDelivery.upsert({
    where: { id: DELIVERY_ID },
    create: { id: DELIVERY_ID, ...data },
    update: data,
  });
}

type SetRefusal = "CONFLICT" | AddressProblem;

/** Where documents go from now on. A webhook's secret is answered here, once; the address before it is closed. */
export async function setDelivery(
  actor: Actor,
  input: SetDelivery,
  now: Date,
): Promise<Result<{ secret: string | null }, SetRefusal>> {
  if (!isPermitted(actor.role, "connector:manage")) throw new AppError("FORBIDDEN");
  const url = input.kind === "webhook" ? input.url : null;
  const problem = url ? addressProblem(url, mayReachPrivate()) : null;
  if (problem) return refuse(problem, [{ path: "url", expected: "a public http or https address" }]);
  return db.$transaction(async (tx) => {
    const locked = await lockDelivery(tx, input.version);
    if (!locked) return refuse("CONFLICT");
    const { row } = locked;
    if (row?.endpointId) {
      const data = { disabledAt: now, updatedAt: now, version: { increment: 1 } };
      await tx.outboundEndpoint.updateMany({ where: { id: row.endpointId, disabledAt: null }, data });
    }
    const secret = url ? newToken("whsec_") : null;
    const endpointId = url ? randomUUID() : null;
    if (url && endpointId && secret) {
      const made = {
        createdBy: actor.ref,
        createdAt: now,
        updatedAt: now,
        secret: encryptSecret("outbound", endpointId, secret),
      };
      await tx.outboundEndpoint.create({
        data: { id: endpointId, name: "Governance", url, kind: "governance", ...made },
      });
    }
    await keep(tx, actor, row, { kind: input.kind, endpointId }, now);
    await recordEvent(tx, {
      ...{ ventureId: null, type: "governance.delivery-set", actor: actor.ref, subject: DELIVERY_ID, at: now },
      payload: { kind: input.kind, url },
    });
    return ok({ secret });
  });
}

/** A new secret for answers by route; the one before it opens nothing any more. Answered here, once. */
export async function renewAnswerSecret(
  actor: Actor,
  version: number,
  now: Date,
): Promise<Result<{ secret: string }, "CONFLICT">> {
  if (!isPermitted(actor.role, "connector:manage")) throw new AppError("FORBIDDEN");
  return db.$transaction(async (tx) => {
    const locked = await lockDelivery(tx, version);
    if (!locked) return refuse("CONFLICT");
    const secret = newToken("whsec_");
    await keep(tx, actor, locked.row, { answerSecret: encryptSecret("outbound", DELIVERY_ID, secret) }, now);
    await recordEvent(tx, {
      ...{ ventureId: null, type: "governance.secret-renewed", actor: actor.ref, subject: DELIVERY_ID, at: now },
      payload: {},
    });
    return ok({ secret });
  });
}
