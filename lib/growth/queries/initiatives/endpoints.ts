import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { namesOf } from "@/lib/decisions/queries/people";
import { AppError } from "@/lib/errors";
import { OUTBOUND_CHANNELS, type OutboundKind, type OutboundTarget } from "../../rules/initiatives/initiative-outbound";

const MOST_TARGETS = 5;

/** Who outside would be told about an approved initiative of this venture, by webhook or by a tool: its own and the holding's. */
export async function listOutboundTargets(ventureId: string): Promise<OutboundTarget[]> {
  const rows = await db.outboundEndpoint.findMany({
    where: { disabledAt: null, kind: { in: [...OUTBOUND_CHANNELS] }, OR: [{ ventureId }, { ventureId: null }] },
    orderBy: { createdAt: "asc" },
    take: MOST_TARGETS,
  });
  const targets = rows.flatMap(({ id, name, url, kind, tools }): OutboundTarget[] =>
    kind === "mcp" ? tools.map((tool) => ({ endpointId: id, name, url, tool })) : [{ endpointId: id, name, url }],
  );
  return targets.slice(0, MOST_TARGETS);
}

export type EndpointView = {
  id: string;
  version: number;
  name: string;
  url: string;
  kind: OutboundKind;
  /** Of an MCP server: what may be called. */
  tools: string[];
  /** Null: every venture. */
  venture: { id: string; name: string } | null;
  createdBy: string;
  createdAt: Date;
  disabled: boolean;
  delivered: number;
  waiting: number;
  abandoned: number;
  lastError: string | null;
};

/** Every way out with what went through it; the secret is never read again. */
export async function listEndpoints(actor: Actor): Promise<EndpointView[]> {
  if (!isPermitted(actor.role, "connector:manage")) throw new AppError("FORBIDDEN");
  const [rows, ventures, messages] = await Promise.all([
    db.outboundEndpoint.findMany({ where: { kind: { in: [...OUTBOUND_CHANNELS] } }, orderBy: { createdAt: "asc" } }),
    db.venture.findMany({ select: { id: true, name: true } }),
    db.outboxMessage.findMany({
      where: { channel: { in: [...OUTBOUND_CHANNELS] } },
      select: { payload: true, deliveredAt: true, abandonedAt: true, lastError: true },
      orderBy: { createdAt: "desc" },
      take: 1_000,
    }),
  ]);
  const nameOf = await namesOf(
    db,
    rows.map((row) => row.createdBy),
  );
  return rows.map((row) => {
    const own = messages.filter(({ payload }) => (payload as { endpointId?: string }).endpointId === row.id);
    const { id, version, name, url, createdAt, ventureId } = row;
    return {
      ...{ kind: row.kind === "mcp" ? "mcp" : "webhook", tools: row.tools },
      ...{ id, version, name, url, createdAt, createdBy: nameOf(row.createdBy), disabled: row.disabledAt !== null },
      venture: ventureId ? (ventures.find((venture) => venture.id === ventureId) ?? null) : null,
      delivered: own.filter(({ deliveredAt }) => deliveredAt).length,
      waiting: own.filter(({ deliveredAt, abandonedAt }) => !deliveredAt && !abandonedAt).length,
      abandoned: own.filter(({ abandonedAt }) => abandonedAt).length,
      lastError: own.find(({ lastError }) => lastError)?.lastError ?? null,
    };
  });
}

/** The ventures that an address can be for: names only, for whoever connects systems. */
export async function listEndpointVentures(actor: Actor): Promise<{ id: string; name: string }[]> {
  if (!isPermitted(actor.role, "connector:manage")) throw new AppError("FORBIDDEN");
  return db.venture.findMany({
    where: { archivedAt: null },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
  });
}
