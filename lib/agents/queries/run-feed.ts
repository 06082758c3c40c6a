import "server-only";
import pg from "pg";
import { env } from "@/lib/env";
import { CHANNEL } from "../run-stream";

/** One LISTEN per process wakes every reader of every run. Without it readers look again by themselves, only later. */

type Feed = { client: pg.Client | null; connecting: Promise<void> | null; readers: Map<string, Set<() => void>> };

const store = globalThis as typeof globalThis & { __chairmanRunFeed?: Feed };
store.__chairmanRunFeed ??= { client: null, connecting: null, readers: new Map() };
const feed = store.__chairmanRunFeed;

const POLL_MS = 1_000;

async function listen(): Promise<void> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL, keepAlive: true });
  const lost = () => {
    if (feed.client === client) feed.client = null;
  };
  client.on("error", lost);
  client.on("end", lost);
  client.on("notification", ({ payload = "" }) => {
    for (const wake of feed.readers.get(payload.split(":")[0] ?? "") ?? []) wake();
  });
  await client.connect();
  await client.query(`LISTEN ${CHANNEL}`);
  feed.client = client;
}

/** Tries at most once at a time; a reader never waits for it. */
function connect(): void {
  if (feed.client || feed.connecting) return;
  feed.connecting = listen()
    .catch(() => undefined)
    .finally(() => {
      feed.connecting = null;
    });
}

export type Subscription = {
  /** Resolves when the run has something new, or may have, or after `ms`. */
  next: (ms: number) => Promise<void>;
  close: () => void;
};

export function subscribe(runId: string): Subscription {
  connect();
  let news = false;
  let resolve: (() => void) | null = null;
  const wake = () => {
    news = true;
    resolve?.();
  };
  const readers = feed.readers.get(runId) ?? new Set();
  feed.readers.set(runId, readers.add(wake));
  const next = (ms: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(wake, Math.min(ms, POLL_MS));
      resolve = () => {
        clearTimeout(timer);
        news = false;
        resolve = null;
        connect();
        done();
      };
      if (news) resolve();
    });
  const close = () => {
    readers.delete(wake);
    if (readers.size === 0) feed.readers.delete(runId);
    resolve?.();
  };
  return { next, close };
}

export async function disconnectFeed(): Promise<void> {
  await feed.connecting;
  const { client } = feed;
  feed.client = null;
  await client?.end();
}
