import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

/** What a tool does at its n-th call; the last behaviour stays. `hang` and `reset` act first. */
export type ToolBehaviour = "ok" | "error" | "hang" | "reset";

export type ToolCalled = { tool: string; given: Record<string, unknown>; key: string; authorization: string };

export type McpReceiver = {
  url: string;
  calls: ToolCalled[];
  /** Issues that exist: `create_issue` keeps its keys, `post_note` does not. */
  acted: () => number;
  behave: (behaviour: ToolBehaviour) => void;
  close: () => Promise<void>;
};

const text = { type: "string" as const };
const TOOLS = [
  {
    name: "create_issue",
    inputSchema: {
      type: "object" as const,
      properties: { title: text, description: text, idempotencyKey: text },
      required: ["title", "idempotencyKey"],
      additionalProperties: false,
    },
  },
  {
    name: "post_note",
    inputSchema: { type: "object" as const, properties: { title: text, text }, additionalProperties: false },
  },
  {
    name: "list_candidates",
    annotations: { readOnlyHint: true },
    inputSchema: { type: "object" as const, properties: { sector: text }, additionalProperties: false },
  },
  { name: "assign", inputSchema: { type: "object" as const, properties: { person: text }, required: ["person"] } },
];

/** What the tracker knows of buyers: one of them is no row that could be taken. */
const CANDIDATES = [
  {
    company: "Nordwerk AG",
    type: "trade",
    "as of": "2026-06-30",
    source: "Register",
    sectors: ["robots", "logistics"],
  },
  { company: "Nobody knows", type: "pirate", "as of": "2026-06-30", source: "Register", sectors: [] },
];

type Scene = { calls: ToolCalled[]; done: string[]; behaviours: ToolBehaviour[] };

function serverFor(scene: Scene, request: IncomingMessage): Server {
  const server = new Server({ name: "tracker", version: "1" }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: TOOLS }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const { calls, done, behaviours } = scene;
    const behaviour = behaviours[Math.min(calls.length, behaviours.length - 1)] ?? "ok";
    const given = params.arguments ?? {};
    const key = String(params._meta?.["chairman/idempotency-key"]);
    calls.push({ tool: params.name, given, key, authorization: String(request.headers.authorization) });
    if (behaviour === "error") return { isError: true, content: [{ type: "text", text: "The board\nis closed" }] };
    if (params.name === "list_candidates")
      return { content: [{ type: "text", text: "Two" }], structuredContent: { candidates: CANDIDATES } };
    const { idempotencyKey } = given;
    if (typeof idempotencyKey !== "string" || !done.includes(idempotencyKey)) done.push(String(idempotencyKey));
    if (behaviour === "reset") request.socket.destroy();
    if (behaviour !== "ok") await new Promise(() => undefined);
    return { content: [{ type: "text", text: "done" }] };
  });
  return server;
}

/** A real MCP server over streamable HTTP on this machine, which fails, hangs and drops as it is told. */
export async function startMcpReceiver(behaviours: readonly ToolBehaviour[], token: string): Promise<McpReceiver> {
  const scene: Scene = { calls: [], done: [], behaviours: [...behaviours] };
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    if (request.headers.authorization !== `Bearer ${token}`) return void response.writeHead(401).end();
    if (request.method !== "POST") return void response.writeHead(405).end();
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: false });
    await serverFor(scene, request).connect(transport as Parameters<Server["connect"]>[0]);
    await transport.handleRequest(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}/mcp`, calls: scene.calls, acted: () => scene.done.length },
    behave: (behaviour) => {
      scene.behaviours = [behaviour];
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
