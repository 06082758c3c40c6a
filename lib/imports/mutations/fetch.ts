import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { decryptSecret } from "@/lib/auth/secrets";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { readRemoteTool } from "@/lib/integrations/mcp-client";
import { remoteTable } from "../rules/remote-rows";
import type { FetchInput, ImportRefusal } from "../schema";
import { receiveFile } from "./receive";

/**
 * Rows from a tool of a connected MCP server, kept as a file of the source that is named like the server: from there on it
 * is an import like any other, with its mapping, preview and undo. Nothing is sent but the name of the tool.
 */
export async function fetchFromServer(
  actor: Actor,
  { ventureId, kind, serverId, tool }: FetchInput,
  now: Date,
): Promise<Result<{ importId: string }, ImportRefusal>> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const server = await db.outboundEndpoint.findUnique({ where: { id: serverId } });
  const open = server && server.kind === "mcp" && !server.disabledAt && [ventureId, null].includes(server.ventureId);
  if (!open || !server.tools.includes(tool)) throw new AppError("NOT_FOUND");
  const token = decryptSecret("outbound", server.id, server.secret);
  const answer = await readRemoteTool({ url: server.url, token, tool });
  if (!answer.ok) return refuse("SERVER_FAILED", [{ path: "tool", expected: answer.problem }]);
  const table = remoteTable(answer);
  if (table === null) return refuse("NO_ROWS");
  const bytes = new TextEncoder().encode(table);
  const about = { ventureId, kind, fileName: `${tool}.csv`, sourceName: server.name.slice(0, 120), asOf: now };
  const received = await receiveFile(actor, { ...about, bytes }, now);
  return received.ok ? ok({ importId: received.value.importId }) : received;
}
