import "server-only";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { CallToolResultSchema, ErrorCode, McpError, type Tool } from "@modelcontextprotocol/sdk/types.js";
import { env } from "@/lib/env";
import { guardedFetch } from "./guarded-fetch";
import { argumentsFor, isRepeatable } from "./mcp-arguments";
import type { Delivery } from "./webhook";

export type RemoteCall = {
  url: string;
  /** Sent as a bearer token; empty: none. */
  token: string;
  tool: string;
  /** JSON, as the memo shows it. */
  body: string;
  key: string;
  /** An earlier attempt began and nobody knows how it ended. */
  unsettled: boolean;
};

/** Milliseconds that one answer may take. */
type Patience = { timeout: number };

const MOST_PAGES = 20;
const UNKNOWN_END = "whether the tool acted is not known, and it cannot be told to act only once";

async function findRemoteTool(client: Client, name: string, options: Patience): Promise<Tool | null> {
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { tools, nextCursor } = await client.listTools(cursor ? { cursor } : {}, options);
    const found = tools.find((tool) => tool.name === name);
    if (found || !nextCursor) return found ?? null;
    cursor = nextCursor;
  }
  return null;
}

const textOf = (content: readonly { type: string; text?: string }[]): string =>
  content
    .map(({ text }) => text ?? "")
    .join(" ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 200);

/** Refused before it did anything: asked for a tool that is not there, or in words that it does not take. */
const REFUSED: readonly number[] = [ErrorCode.InvalidParams, ErrorCode.MethodNotFound, ErrorCode.InvalidRequest];

function wordsOf(error: unknown): string {
  if (
    error instanceof McpError &&
    error.code !== ErrorCode.RequestTimeout &&
    error.code !== ErrorCode.ConnectionClosed
  ) {
    return `The server refused the call (${error.code})`;
  }
  const { name, code } = error as { name?: string; code?: string | number };
  if (name === "AbortError" || name === "TimeoutError" || code === ErrorCode.RequestTimeout) {
    return "The server did not answer in time";
  }
  if (code === 401 || code === 403) return "The server did not accept the token";
  if (typeof code === "number" && code >= 300 && code < 600) return `The server answered ${code}`;
  if (code === "ECONNREFUSED") return "The server refused the connection";
  return "The server could not be reached";
}

/** The call itself. From here on a failure may have acted: only a tool that knows the key again is called again. */
async function callOnce(client: Client, tool: Tool, call: RemoteCall, options: Patience): Promise<Delivery> {
  const repeatable = isRepeatable(tool);
  const given = argumentsFor(tool, call.body, call.key);
  if (!given.ok)
    return { ok: false, problem: `The tool asks for “${given.missing}”, which the memo does not hold`, final: true };
  if (call.unsettled && !repeatable) return { ok: false, problem: `A call was cut off: ${UNKNOWN_END}`, final: true };
  const params = { name: tool.name, arguments: given.value, _meta: { "chairman/idempotency-key": call.key } };
  try {
    const answer = await client.request({ method: "tools/call", params }, CallToolResultSchema, options);
    if (!answer.isError) return { ok: true };
    return { ok: false, problem: `The tool answered with an error: ${textOf(answer.content)}`, final: !repeatable };
  } catch (error) {
    const refused = error instanceof McpError && REFUSED.includes(error.code);
    if (refused || repeatable) return { ok: false, problem: wordsOf(error), final: refused };
    return { ok: false, problem: `${wordsOf(error)}: ${UNKNOWN_END}`, final: true };
  }
}

/**
 * One attempt to have a tool of another system's MCP server act, over streamable HTTP. What the tool declares is looked at
 * first, and it is given no more than the memo shows. Each answer may take OUTBOUND_TIMEOUT_MS.
 */
export async function callRemoteTool(call: RemoteCall): Promise<Delivery> {
  const options: Patience = { timeout: env().OUTBOUND_TIMEOUT_MS };
  // Above the single answers: nothing of an attempt outlives it, also no stream that a server keeps open.
  const whole = AbortSignal.timeout(4 * options.timeout);
  const authorization: Record<string, string> = call.token ? { authorization: `Bearer ${call.token}` } : {};
  const transport = new StreamableHTTPClientTransport(new URL(call.url), {
    requestInit: { headers: { ...authorization, "idempotency-key": call.key, "user-agent": "Chairman" } },
    fetch: (url, init = {}) =>
      guardedFetch(url, { ...init, signal: init.signal ? AbortSignal.any([init.signal, whole]) : whole }),
    reconnectionOptions: {
      ...{ maxRetries: 0, initialReconnectionDelay: 1_000 },
      ...{ maxReconnectionDelay: 1_000, reconnectionDelayGrowFactor: 1 },
    },
  });
  const client = new Client({ name: "chairman", version: "1" });
  try {
    await client.connect(transport, options);
    const tool = await findRemoteTool(client, call.tool, options);
    if (!tool) return { ok: false, problem: `The server has no tool “${call.tool}”`, final: true };
    return await callOnce(client, tool, call, options);
  } catch (error) {
    return { ok: false, problem: wordsOf(error) };
  } finally {
    await client.close().catch(() => undefined);
  }
}
