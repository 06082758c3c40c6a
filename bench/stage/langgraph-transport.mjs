// What a caller sends commits with the caller's own rows, as in the product: LangGraph has no such door, so a row of an
// inbox of one's own is written in the same transaction, and bench/stage/langgraph-engine.mjs looks into it.
export const APPLICATION = "chairman";
export const QUEUE = "runs";

const PUT = `INSERT INTO "peer_inbox" ("key", "thread", "body") VALUES ($1, $2, $3::jsonb) ON CONFLICT DO NOTHING`;

export const engineClient = async () => undefined;
export const disconnectEngineClient = async () => undefined;

export async function startInTransaction(tx, { name, id, args }) {
  await tx.$executeRawUnsafe(PUT, `start:${id}`, id, JSON.stringify({ name, args }));
}

export async function sendInTransaction(tx, { workflowId, topic, message, key }) {
  await tx.$executeRawUnsafe(PUT, `send:${key}`, workflowId, JSON.stringify({ topic, message }));
}
