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

type Reached = { client: Client; options: Patience };

/**
 * A connection to another system's MCP server over streamable HTTP, for one errand. Each answer may take
 * OUTBOUND_TIMEOUT_MS; above that, nothing of an errand outlives it, also no stream that a server keeps open.
 */
async function onServer<T>(
  { url, token }: Pick<RemoteCall, "url" | "token">,
  headers: Readonly<Record<string, string>>,
  errand: (reached: Reached) => Promise<T>,
  failed: (error: unknown) => T,
): Promise<T> {
  const options: Patience = { timeout: env().OUTBOUND_TIMEOUT_MS };
  const whole = AbortSignal.timeout(4 * options.timeout);
  const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { ...authorization, ...headers, "user-agent": "Chairman" } },
    fetch: (address, init = {}) =>
      guardedFetch(address, { ...init, signal: init.signal ? AbortSignal.any([init.signal, whole]) : whole }),
    reconnectionOptions: {
      ...{ maxRetries: 0, initialReconnectionDelay: 1_000 },
      ...{ maxReconnectionDelay: 1_000, reconnectionDelayGrowFactor: 1 },
    },
  });
  const client = new Client({ name: "chairman", version: "1" });
  try {
    await client.connect(transport, options);
    return await errand({ client, options });
  } catch (error) {
    return failed(error);
  } finally {
    await client.close().catch(() => undefined);
  }
}

/**
 * One attempt to have a tool of another system's MCP server act. What the tool declares is looked at first, and it is
 * given no more than the memo shows.
 */
export const callRemoteTool = (call: RemoteCall): Promise<Delivery> =>
  onServer<Delivery>(
    call,
    { "idempotency-key": call.key },
    async ({ client, options }) => {
      const tool = await findRemoteTool(client, call.tool, options);
      if (!tool) return { ok: false, problem: `The server has no tool “${call.tool}”`, final: true };
      return callOnce(client, tool, call, options);
    },
    (error) => ({ ok: false, problem: wordsOf(error) }),
  );

export type RemoteAnswer = { ok: true; text: string; structured: unknown } | { ok: false; problem: string };

/**
 * Reads from a tool of another system's MCP server. It is given nothing, so nothing of the holding leaves; a tool that does
 * not say that it only reads, or that asks for something, is not called.
 */
export const readRemoteTool = (from: Pick<RemoteCall, "url" | "token" | "tool">): Promise<RemoteAnswer> =>
  onServer<RemoteAnswer>(
    from,
    {},
    async ({ client, options }) => {
      const tool = await findRemoteTool(client, from.tool, options);
      if (!tool) return { ok: false, problem: `The server has no tool “${from.tool}”` };
      if (tool.annotations?.readOnlyHint !== true)
        return { ok: false, problem: "The tool does not say that it only reads, so it is not called" };
      if ((tool.inputSchema.required ?? []).length > 0)
        return { ok: false, problem: `The tool asks for “${tool.inputSchema.required?.[0]}”, and nothing is sent` };
      const params = { name: tool.name, arguments: {} };
      const answer = await client.request({ method: "tools/call", params }, CallToolResultSchema, options);
      if (answer.isError) return { ok: false, problem: `The tool answered with an error: ${textOf(answer.content)}` };
      const text = answer.content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
      return { ok: true, text, structured: answer.structuredContent ?? null };
    },
    (error) => ({ ok: false, problem: wordsOf(error) }),
  );
