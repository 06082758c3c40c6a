import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } from "@modelcontextprotocol/sdk/types.js";
import { callTool, jsonSchemas, type Tool, type ToolCall } from "@/lib/agents/define-tool";
import { allTools, findTool } from "@/lib/agents/registry";

const describe = (tool: Tool) => ({
  name: tool.name,
  description: tool.description,
  inputSchema: jsonSchemas(tool).input as { type: "object" },
  annotations: { readOnlyHint: tool.effect === "read", destructiveHint: false, openWorldHint: false },
});

/** Bigints are digits, as on the command line. */
const asText = (value: unknown) =>
  JSON.stringify(value, (_key, part) => (typeof part === "bigint" ? part.toString() : part));

/**
 * The crew's tools as a Model Context Protocol server, for one caller. Proposing tools are left out: a proposal comes
 * from an agent's run, which gives its reasons and its record.
 */
export function mcpServer(caller: (tool: Tool) => Promise<ToolCall>): Server {
  const server = new Server({ name: "chairman", version: "1" }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, async () => ({
    tools: (await allTools()).filter((tool) => tool.effect === "read").map(describe),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const tool = await findTool(params.name);
    if (tool?.effect !== "read") throw new McpError(ErrorCode.InvalidParams, `There is no tool "${params.name}"`);
    const answer = await callTool(tool, params.arguments ?? {}, await caller(tool));
    return { isError: !answer.ok, content: [{ type: "text", text: asText(answer) }] };
  });
  return server;
}
