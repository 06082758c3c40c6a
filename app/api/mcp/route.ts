import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { actorFromAccessToken } from "@/lib/auth/access-token";
import { isPermitted } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { mcpServer } from "@/lib/integrations/mcp-server";

/** A personal access token instead of a session: MCP clients have no cookies. Each request stands alone. */
async function handle(request: Request): Promise<Response> {
  const now = clock.now();
  const actor = await actorFromAccessToken(request.headers.get("authorization"), now);
  if (!actor) {
    return Response.json(
      { error: { code: "UNAUTHENTICATED", message: "Send a personal access token: Authorization: Bearer chm_…" } },
      { status: 401, headers: { "WWW-Authenticate": "Bearer" } },
    );
  }
  if (!isPermitted(actor.role, "tool:call")) return Response.json({ error: { code: "FORBIDDEN" } }, { status: 403 });
  const transport = new WebStandardStreamableHTTPServerTransport({
    enableJsonResponse: true,
    maxRequestBodySize: 4_000_000,
  });
  const server = mcpServer(async () => ({ actor, agent: null, runId: null, now }));
  await server.connect(transport);
  return transport.handleRequest(request);
}

export { handle as DELETE, handle as GET, handle as POST };
