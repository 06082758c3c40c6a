// LangGraph.js with its PostgreSQL checkpointer below the bodies of lib/workflows: a body is an entrypoint, a step a task,
// a wait an interrupt that a message resumes. Durability is "sync": what a step came to is stored before the next begins.
import path from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";

const load = (name) =>
  import(pathToFileURL(path.join(process.env.BENCH_PEER_DIR, "node_modules/@langchain", name, "dist/index.js")).href);
const { Command, entrypoint, interrupt, task } = await load("langgraph");
const { PostgresSaver } = await load("langgraph-checkpoint-postgres");

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const checkpointer = new PostgresSaver(pool);
const bodies = new Map();

export function defineWorkflow(name, body) {
  bodies.set(
    name,
    entrypoint({ name, checkpointer }, (args) => body(...args)),
  );
}

const tasks = new Map();
export function runStep(name, work) {
  const known = tasks.get(name) ?? task({ name }, (run) => run());
  tasks.set(name, known);
  return known(() => work({ key: name, now: new Date() }));
}
export const lastingStep = runStep;

export const receive = async (topic, seconds) => interrupt({ topic, seconds });

const threads = new Map();

/** A process that took up all threads at once would wait for its own connections: as many as are worth having. */
const AT_ONCE = 16;
const waiting = [];
let at = 0;

async function inTurn(work) {
  if (at >= AT_ONCE) await new Promise((resolve) => waiting.push(resolve));
  else at += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else at -= 1;
  }
}

/** One thing at a time in each thread: it begins, then each message resumes it once, as a recv takes one. */
async function pump(thread) {
  if (thread.busy) return;
  thread.busy = true;
  try {
    const config = { configurable: { thread_id: thread.id }, durability: "sync" };
    if (thread.start) {
      const { id, name, args } = thread.start;
      thread.start = null;
      thread.graph = bodies.get(name);
      await inTurn(() => thread.graph.invoke(args, config));
      await done(id);
    }
    while (thread.graph && thread.messages.length > 0) {
      const { id, message } = thread.messages.shift();
      await inTurn(() => thread.graph.invoke(new Command({ resume: message }), config));
      await done(id);
    }
  } finally {
    thread.busy = false;
  }
}

function threadOf(id) {
  const known = threads.get(id) ?? { id, start: null, graph: null, messages: [], busy: false };
  threads.set(id, known);
  return known;
}

// A row stays until what it asked for is stored: a process that dies in between finds it again.
const NEW = `SELECT "id", "thread", "body" FROM "peer_inbox" WHERE NOT "id" = ANY($1::bigint[]) ORDER BY "id" LIMIT 200`;
const DONE = `DELETE FROM "peer_inbox" WHERE "id" = $1`;
const inHand = new Set();
let running = false;
let failed = null;

async function done(id) {
  await pool.query(DONE, [id]);
  inHand.delete(id);
}

async function look() {
  while (running) {
    const { rows } = await pool.query(NEW, [[...inHand]]);
    for (const { id, thread: name, body } of rows) {
      inHand.add(id);
      const thread = threadOf(name);
      if (!("name" in body)) thread.messages.push({ id, message: body.message });
      else if (thread.graph || thread.start) await done(id);
      else thread.start = { ...body, id };
      pump(thread).catch((error) => {
        failed ??= error;
        process.stderr.write(`${error.stack}\n`);
        process.exit(1);
      });
    }
    if (rows.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function launchEngine() {
  await checkpointer.setup();
  await pool.query(
    `CREATE TABLE IF NOT EXISTS "peer_inbox" ("id" bigserial PRIMARY KEY, "key" text UNIQUE NOT NULL, "thread" text NOT NULL, "body" jsonb NOT NULL)`,
  );
  running = true;
  void look();
}

export async function stopEngine() {
  running = false;
  if (failed) throw failed;
}
