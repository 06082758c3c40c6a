import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on this machine that speaks the chat-completions wire format, well or badly as told. */

export type WireToolCall = { id: string; name: string; arguments: string };
export type Behaviour =
  | { kind: "answer"; text?: string; toolCalls?: WireToolCall[]; usage?: { prompt: number; completion: number } | null }
  | { kind: "status"; status: number; headers?: Record<string, string>; body?: string }
  | { kind: "hang" }
  | { kind: "hang-after"; text: string }
  | { kind: "garbage" }
  | { kind: "bad-chunk"; text: string }
  | { kind: "half"; text: string }
  | { kind: "cut"; text: string }
  | { kind: "empty" };

export type WireMessage = { role: string; content?: unknown; tool_calls?: unknown; tool_call_id?: string };
export type WireRequest = {
  model: string;
  stream?: boolean;
  messages: WireMessage[];
  tools?: { function: { name: string } }[];
};

export type Loopback = {
  url: string;
  requests: WireRequest[];
  headers: IncomingMessage["headers"][];
  close: () => Promise<void>;
};

/** `script[n]` answers the n-th request, the last entry all later ones; a function answers each from its content. */
export async function startLoopback(
  script: readonly Behaviour[] | ((request: WireRequest, n: number) => Behaviour),
): Promise<Loopback> {
  const requests: WireRequest[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on("data", (part: Buffer) => parts.push(part));
    incoming.on("end", () => {
      const request = JSON.parse(Buffer.concat(parts).toString("utf8")) as WireRequest;
      const n = requests.push(request) - 1;
      headers.push(incoming.headers);
      const behaviour = typeof script === "function" ? script(request, n) : script[Math.min(n, script.length - 1)];
      if (behaviour) respond(outgoing, behaviour, request.model);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url: `http://127.0.0.1:${port}/v1`, requests, headers, close };
}

function respond(outgoing: ServerResponse, behaviour: Behaviour, model: string): void {
  if (behaviour.kind === "hang") return;
  if (behaviour.kind === "status") {
    const body = behaviour.body ?? JSON.stringify({ error: { message: "no", type: "error" } });
    outgoing.writeHead(behaviour.status, { "content-type": "application/json", ...behaviour.headers }).end(body);
    return;
  }
  outgoing.writeHead(200, { "content-type": "text/event-stream" });
  if (behaviour.kind === "garbage") return void outgoing.end("data: <html>502 Bad gateway</html>\n\n\u0000\u0001\n\n");
  if (behaviour.kind === "empty") return void outgoing.end("data: [DONE]\n\n");
  const write = (value: unknown) => outgoing.write(`data: ${JSON.stringify(value)}\n\n`);
  const delta = (content: unknown, finish: string | null = null) =>
    write({
      id: "x",
      object: "chat.completion.chunk",
      created: 0,
      model,
      choices: [{ index: 0, delta: content, finish_reason: finish }],
    });
  delta({ role: "assistant", content: "" });
  for (const word of (behaviour.kind === "answer" ? (behaviour.text ?? "") : behaviour.text).match(/\S+\s*|\s+/g) ??
    []) {
    delta({ content: word });
  }
  if (behaviour.kind === "hang-after") return;
  if (behaviour.kind === "bad-chunk") return void outgoing.end('data: {"choices": [{"delta"\n\n');
  if (behaviour.kind === "half") return void outgoing.end();
  if (behaviour.kind === "cut") return void setImmediate(() => outgoing.destroy());
  finish(outgoing, behaviour, delta, write);
}

function finish(
  outgoing: ServerResponse,
  behaviour: Extract<Behaviour, { kind: "answer" }>,
  delta: (content: unknown, finish?: string | null) => void,
  write: (value: unknown) => void,
): void {
  const calls = behaviour.toolCalls ?? [];
  for (const [index, call] of calls.entries()) {
    delta({ tool_calls: [{ index, id: call.id, type: "function", function: { name: call.name, arguments: "" } }] });
    for (const piece of call.arguments.match(/.{1,12}/gs) ?? []) {
      delta({ tool_calls: [{ index, function: { arguments: piece } }] });
    }
  }
  delta({}, calls.length > 0 ? "tool_calls" : "stop");
  const usage = behaviour.usage === undefined ? { prompt: 100, completion: 20 } : behaviour.usage;
  if (usage) {
    const { prompt, completion } = usage;
    write({
      id: "x",
      object: "chat.completion.chunk",
      choices: [],
      usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
    });
  }
  outgoing.end("data: [DONE]\n\n");
}
