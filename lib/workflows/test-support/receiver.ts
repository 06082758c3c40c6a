import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How the receiver behaves at its n-th request; the last behaviour stays. */
export type Behaviour = "ok" | "error" | "hang" | "reset" | "redirect";

export type Received = { key: string; signature: string; body: string; path: string };

export type Receiver = {
  url: string;
  /** Every request that came, in order. */
  received: Received[];
  /** What a receiver that keeps its keys did: one thing per key. */
  acted: () => number;
  /** From now on. */
  behave: (behaviour: Behaviour) => void;
  close: () => Promise<void>;
};

function answer(behaviour: Behaviour, request: IncomingMessage, response: ServerResponse): void {
  if (behaviour === "hang") return;
  if (behaviour === "reset") return void request.socket.destroy();
  if (behaviour === "redirect") return void response.writeHead(302, { location: "/elsewhere" }).end();
  response.writeHead(behaviour === "ok" ? 204 : 500).end();
}

/** A loopback receiver that fails, hangs and drops as it is told. */
export async function startReceiver(behaviours: readonly Behaviour[]): Promise<Receiver> {
  const received: Received[] = [];
  const keys = new Set<string>();
  let from = behaviours;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const key = String(request.headers["idempotency-key"]);
    const signature = String(request.headers["x-chairman-signature"]);
    const behaviour = from[Math.min(received.length, from.length - 1)] ?? "ok";
    received.push({ key, signature, body: Buffer.concat(chunks).toString("utf8"), path: request.url ?? "" });
    if (behaviour === "ok") keys.add(key);
    answer(behaviour, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  const behave = (behaviour: Behaviour) => {
    from = [behaviour];
  };
  return { url: `http://127.0.0.1:${port}/hook`, received, acted: () => keys.size, behave, close };
}
