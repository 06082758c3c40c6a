// The registry as an MCP server on standard input and output: npm run -s mcp
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { mcpServer } from "@/lib/integrations/mcp-server";
import { closeCommandLine, commandLineActor } from "./command-line-actor.ts";

// Computing tools need nobody, and so no database.
const server = mcpServer(async ({ pure }) => ({
  actor: pure ? null : await commandLineActor(),
  ...{ agent: null, runId: null, now: new Date() },
}));
const leave = async () => {
  await closeCommandLine();
  process.exit(0);
};
process.stdin.on("end", leave);
process.on("SIGTERM", leave);
await server.connect(new StdioServerTransport());
