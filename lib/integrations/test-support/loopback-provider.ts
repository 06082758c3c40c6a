import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ANTHROPIC } from "./wire-anthropic";
import { GOOGLE } from "./wire-google";
import { OPENAI } from "./wire-openai";

/** A server on this machine that speaks a provider's wire format, well or badly as told. */

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
  /** Says in the middle of the stream that it cannot go on. */
  | { kind: "overloaded"; text: string }
  | { kind: "empty" };
export type Answer = Extract<Behaviour, { kind: "answer" }>;

/** One provider's format: where its API begins, and how it begins, says, and ends a stream. */
export type Wire = {
  base: string;
  /** What it answers instead of a stream. */
  error: (status: number) => unknown;
  garbage: string;
  empty: string;
  badChunk: string;
  overloaded: (send: Send) => void;
  begin: (send: Send, model: string) => void;
  word: (send: Send, text: string) => void;
  end: (send: Send, answer: Answer) => void;
};
export type Send = (value: unknown, event?: string) => void;

const WIRES = { openai: OPENAI, anthropic: ANTHROPIC, google: GOOGLE } as const;
export type WireName = keyof typeof WIRES;

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
  /** The path of each request, with its query. */
  paths: string[];
  headers: IncomingMessage["headers"][];
  close: () => Promise<void>;
};

/** `script[n]` answers the n-th request, the last entry all later ones; a function answers each from its content. */
export async function startLoopback(
  script: readonly Behaviour[] | ((request: WireRequest, n: number) => Behaviour),
  wireName: WireName = "openai",
): Promise<Loopback> {
  const wire: Wire = WIRES[wireName];
  const requests: WireRequest[] = [];
  const paths: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on("data", (part: Buffer) => parts.push(part));
    incoming.on("end", () => {
      const request = JSON.parse(Buffer.concat(parts).toString("utf8")) as WireRequest;
      const n = requests.push(request) - 1;
      paths.push(incoming.url ?? "");
      headers.push(incoming.headers);
      const behaviour = typeof script === "function" ? script(request, n) : script[Math.min(n, script.length - 1)];
      if (behaviour) respond(outgoing, behaviour, request.model, wire);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url: `http://127.0.0.1:${port}${wire.base}`, requests, paths, headers, close };
}

function respond(outgoing: ServerResponse, behaviour: Behaviour, model: string, wire: Wire): void {
  if (behaviour.kind === "hang") return;
  if (behaviour.kind === "status") {
    const body = behaviour.body ?? JSON.stringify(wire.error(behaviour.status));
    outgoing.writeHead(behaviour.status, { "content-type": "application/json", ...behaviour.headers }).end(body);
    return;
  }
  outgoing.writeHead(200, { "content-type": "text/event-stream" });
  if (behaviour.kind === "garbage") return void outgoing.end(wire.garbage);
  if (behaviour.kind === "empty") return void outgoing.end(wire.empty);
  const send: Send = (value, event) =>
    outgoing.write(
      `${event ? `event: ${event}\n` : ""}data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`,
    );
  // A provider that is overloaded from the start says nothing else.
  if (behaviour.kind !== "overloaded" || behaviour.text) wire.begin(send, model);
  const text = behaviour.kind === "answer" ? (behaviour.text ?? "") : behaviour.text;
  for (const word of text.match(/\S+\s*|\s+/g) ?? []) wire.word(send, word);
  if (behaviour.kind === "answer") {
    wire.end(send, behaviour);
    outgoing.end();
  } else breakOff(outgoing, behaviour.kind, send, wire);
}

function breakOff(outgoing: ServerResponse, kind: Behaviour["kind"], send: Send, wire: Wire): void {
  if (kind === "bad-chunk") outgoing.end(wire.badChunk);
  else if (kind === "half") outgoing.end();
  else if (kind === "cut") setImmediate(() => outgoing.destroy());
  else if (kind === "overloaded") {
    wire.overloaded(send);
    outgoing.end();
  }
}
