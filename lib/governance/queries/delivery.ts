import "server-only";
import { decryptSecret } from "@/lib/auth/secrets";
import { db } from "@/lib/db";
import { governanceFolder } from "@/lib/integrations/governance-folder";
import type { DeliveryKind } from "../schema";

/** The one row of how documents are delivered. */
export const DELIVERY_ID = "governance";

export type DeliveryView = {
  kind: DeliveryKind;
  version: number;
  url: string | null;
  folder: string;
  /** Answers by route are taken: there is a secret to sign them with. */
  answers: boolean;
  delivered: number;
  waiting: number;
  dead: number;
};

export async function getDelivery(): Promise<DeliveryView> {
  const row = await db.governanceDelivery.findUnique({ where: { id: DELIVERY_ID } });
  const endpoint = row?.endpointId
    ? await db.outboundEndpoint.findFirst({ where: { id: row.endpointId, disabledAt: null } })
    : null;
  const handoffs = await db.handoff.findMany({ select: { messageId: true } });
  const messages = await db.outboxMessage.findMany({
    where: { id: { in: handoffs.map(({ messageId }) => messageId) } },
    select: { deliveredAt: true, abandonedAt: true },
  });
  return {
    ...{ kind: row?.kind === "webhook" && endpoint ? "webhook" : "folder", version: row?.version ?? 0 },
    ...{ url: endpoint?.url ?? null, folder: governanceFolder(), answers: Boolean(row?.answerSecret) },
    delivered: messages.filter(({ deliveredAt }) => deliveredAt).length,
    waiting: messages.filter(({ deliveredAt, abandonedAt }) => !deliveredAt && !abandonedAt).length,
    dead: messages.filter(({ deliveredAt, abandonedAt }) => !deliveredAt && abandonedAt).length,
  };
}

/** The secret with which answers by route are signed; null while none was made. */
export async function answerSecret(): Promise<string | null> {
  const row = await db.governanceDelivery.findUnique({ where: { id: DELIVERY_ID } });
  return row?.answerSecret ? decryptSecret("outbound", DELIVERY_ID, row.answerSecret) : null;
}
