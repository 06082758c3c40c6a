import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { decryptSecret } from "@/lib/auth/secrets";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { readRemoteTool } from "@/lib/integrations/mcp-client";
import { remoteTable } from "../rules/remote-rows";
import type { FetchInput, ImportRefusal } from "../schema";
import { receiveFile } from "./receive";

type Asked = { ventureId: string | null; serverId: string; tool: string };

/**
 * The rows that a tool of a connected MCP server answers, as text with commas. Nothing is sent but the name of the tool.
 * Without a venture only servers that were connected for all of them are asked.
 */
export async function readServerTable(
  actor: Actor,
  { ventureId, serverId, tool }: Asked,
): Promise<Result<{ server: string; table: string }, "SERVER_FAILED" | "NO_ROWS">> {
  if (ventureId !== null && !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const server = await db.outboundEndpoint.findUnique({ where: { id: serverId } });
  const open = server && server.kind === "mcp" && !server.disabledAt && [ventureId, null].includes(server.ventureId);
  if (!open || !server.tools.includes(tool)) throw new AppError("NOT_FOUND");
  const token = decryptSecret("outbound", server.id, server.secret);
  const answer = await readRemoteTool({ url: server.url, token, tool });
  if (!answer.ok) return refuse("SERVER_FAILED", [{ path: "tool", expected: answer.problem }]);
  const table = remoteTable(answer);
  return table === null ? refuse("NO_ROWS") : ok({ server: server.name, table });
}

/**
 * Rows of a server, kept as a file of the source that is named like it: from there on it is an import like any other, with
 * its mapping, preview and undo.
 */
export async function fetchFromServer(
  actor: Actor,
  { kind, ...asked }: FetchInput,
  now: Date,
): Promise<Result<{ importId: string }, ImportRefusal>> {
  const read = await readServerTable(actor, asked);
  if (!read.ok) return read;
  const { server, table } = read.value;
  const about = { ventureId: asked.ventureId, kind, fileName: `${asked.tool}.csv`, sourceName: server.slice(0, 120) };
  const received = await receiveFile(actor, { ...about, bytes: new TextEncoder().encode(table), asOf: now }, now);
  return received.ok ? ok({ importId: received.value.importId }) : received;
}
