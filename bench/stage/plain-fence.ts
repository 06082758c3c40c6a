import { db, type Tx } from "@/lib/db";

/** The same transaction without the look at who owns the run. */
export const fencedTransaction = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.$transaction(work, { maxWait: 10_000, timeout: 20_000 });
