import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";

export type DataServer = { id: string; name: string; tools: readonly string[] };

/** MCP servers that an admin connected, for this venture or for all (null: those alone), with the tools that may be called. */
export async function listServers(actor: Actor, ventureId: string | null): Promise<DataServer[]> {
  if (ventureId !== null && !maySeeVenture(actor, ventureId)) return [];
  return db.outboundEndpoint.findMany({
    where: { kind: "mcp", disabledAt: null, OR: [{ ventureId: null }, ...(ventureId === null ? [] : [{ ventureId }])] },
    select: { id: true, name: true, tools: true },
    orderBy: { name: "asc" },
  });
}
