import { expect, test } from "vitest";
import { db, pool } from "@/lib/db";
import { makeVenture } from "@/lib/decisions/test-support/memos";
import { until } from "@/lib/workflows/test-support/workers";

const PATIENCE_MS = 300;

test("a transaction whose time was over in the middle of a query leaves nothing behind", async () => {
  const ventureId = await makeVenture();
  const before = await db.venture.findUniqueOrThrow({ where: { id: ventureId }, include: { settings: true } });
  const blocker = await pool().connect();
  await blocker.query("BEGIN");
  await blocker.query("SELECT 1 FROM venture WHERE id = $1 FOR UPDATE", [ventureId]);
  const began = Date.now();
  // One query, several statements: the first waits for the lock, the others are sent when it has it.
  const data = {
    name: "Too late",
    settings: { update: { profile: "aggressive", version: { increment: 1 } } },
  } as const;
  const late = db.$transaction((tx) => tx.venture.update({ where: { id: ventureId }, data }), { timeout: PATIENCE_MS });
  const refused = expect(late).rejects.toMatchObject({ code: expect.stringMatching(/^P\d/) });
  await until("it waits for the row", async () => {
    const waiting = await pool().query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    return waiting.rows.length > 0;
  });
  await until("its time is over", async () => Date.now() > began + 2 * PATIENCE_MS);
  await blocker.query("COMMIT");
  blocker.release();
  await refused;
  const after = await db.venture.findUniqueOrThrow({ where: { id: ventureId }, include: { settings: true } });
  expect(after).toEqual(before);
});
