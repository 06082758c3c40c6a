import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { db, type Tx } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** A run holds the epoch its process had when the run started there; a later epoch of the same process is another owner. */
export type Owner = { executorId: string; epoch: number };

const store = globalThis as typeof globalThis & { __chairmanOwner?: AsyncLocalStorage<Owner> };
store.__chairmanOwner ??= new AsyncLocalStorage<Owner>();
const owners = store.__chairmanOwner;

export const runAsOwner = <T>(owner: Owner, run: () => Promise<T>): Promise<T> => owners.run(owner, run);

/**
 * The transaction of every write that a workflow makes. Inside a run it first locks its own executor row and checks that
 * the epoch is still its own, so an owner that was paused, declared dead and replaced can commit nothing. Outside a run
 * (a request, a script) it is a plain transaction.
 *
 * KEY SHARE lets heartbeats through and makes the fence (FOR UPDATE) wait for a write that has begun; a process that is
 * paused in the middle of one loses its connection after EXECUTOR_DEAD_MS, so the fence does not wait for it for ever.
 */
export function fencedTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const owner = owners.getStore();
  return db.$transaction(
    async (tx) => {
      if (owner) await checkOwner(tx, owner);
      return work(tx);
    },
    { maxWait: 10_000, timeout: 20_000 },
  );
}

async function checkOwner(tx: Tx, owner: Owner): Promise<void> {
  const patience = `${env().EXECUTOR_DEAD_MS}ms`;
  // The patience is set by the same statement: one round trip less in each write of every run.
  const [row] = await tx.$queryRaw<{ epoch: number; fencedAt: Date | null }[]>`
    SELECT "epoch", "fencedAt", set_config('idle_in_transaction_session_timeout', ${patience}, true) AS "patience"
    FROM "executor" WHERE "id" = ${owner.executorId} FOR KEY SHARE`;
  if (!row || row.epoch !== owner.epoch || row.fencedAt) throw new AppError("FENCED");
}
