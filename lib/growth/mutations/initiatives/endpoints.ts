import "server-only";
import { randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { encryptSecret, newToken } from "@/lib/auth/secrets";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { mayReachPrivate } from "@/lib/integrations/webhook";
import { type AddressProblem, addressProblem } from "@/lib/integrations/webhook-address";
import type { EndpointInput } from "../../schema/initiatives";

/** The secret with which a webhook is signed is answered here, once, and nowhere else; a server's token never. */
export type NewEndpoint = { endpointId: string; secret: string | null };

/** Keeps a way out: the address of a webhook, or an MCP server with its token and the tools that may be called. */
export async function addEndpoint(
  actor: Actor,
  input: EndpointInput,
  now: Date,
): Promise<Result<NewEndpoint, AddressProblem>> {
  if (!isPermitted(actor.role, "connector:manage")) throw new AppError("FORBIDDEN");
  const { ventureId, name, url, kind } = input;
  const problem = addressProblem(url, mayReachPrivate());
  if (problem) return refuse(problem, [{ path: "url", expected: "a public http or https address" }]);
  return db.$transaction(async (tx) => {
    if (ventureId && !(await tx.venture.findUnique({ where: { id: ventureId } }))) throw new AppError("NOT_FOUND");
    const id = randomUUID();
    const secret = input.kind === "mcp" ? input.token : newToken("whsec_");
    const tools = input.kind === "mcp" ? [...new Set(input.tools)] : [];
    const made = { createdBy: actor.ref, createdAt: now, updatedAt: now };
    await tx.outboundEndpoint.create({
      data: { id, ventureId, name, url, kind, tools, secret: encryptSecret("outbound", id, secret), ...made },
    });
    await recordEvent(tx, {
      ...{ ventureId: null, type: "endpoint.added", actor: actor.ref, subject: `endpoint:${id}`, at: now },
      payload: { name, url, ventureId, kind, tools },
    });
    return ok({ endpointId: id, secret: kind === "mcp" ? null : secret });
  });
}

/** Nothing is sent there any more, also nothing that waits. Another address is another way out. */
export async function closeEndpoint(
  actor: Actor,
  { endpointId, version }: { endpointId: string; version: number },
  now: Date,
): Promise<Result<null, "CONFLICT">> {
  if (!isPermitted(actor.role, "connector:manage")) throw new AppError("FORBIDDEN");
  return db.$transaction(async (tx) => {
    const { count } = await tx.outboundEndpoint.updateMany({
      where: { id: endpointId, version, disabledAt: null },
      data: { disabledAt: now, updatedAt: now, version: { increment: 1 } },
    });
    const endpoint = await tx.outboundEndpoint.findUnique({ where: { id: endpointId } });
    if (!endpoint) throw new AppError("NOT_FOUND");
    if (count === 0) return refuse("CONFLICT");
    await recordEvent(tx, {
      ...{ ventureId: null, type: "endpoint.closed", actor: actor.ref, subject: `endpoint:${endpointId}`, at: now },
      payload: { name: endpoint.name, url: endpoint.url },
    });
    return ok(null);
  });
}
