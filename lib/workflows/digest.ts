import "server-only";
import { type Actor, mintActor } from "@/lib/auth/actor";
import { visibleVentures } from "@/lib/auth/sessions";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { writeDigest } from "@/lib/decisions/mutations/digest";
import { type DueDigest, listDueDigests } from "@/lib/decisions/queries/digest";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { canMail } from "@/lib/integrations/mail";
import { logger } from "@/lib/logger";
import { defineWorkflow, runStep, schedule, startWorkflow } from "./engine";

/** Every hour, for each person has an hour of their own. */
const HOURLY = "10 * * * *";

/** The person for whom it is written: sees what they see, and can do nothing by it. Null where the account ended meanwhile. */
async function readerOf(userId: string): Promise<Actor | null> {
  const user = await db.user.findFirst({
    where: { id: userId, disabledAt: null },
    select: { id: true, name: true, role: true, grants: { select: { ventureId: true } } },
  });
  if (!user) return null;
  const granted = user.grants.map(({ ventureId }) => ventureId);
  const { id, name, role } = user;
  const ventures = visibleVentures(role, granted);
  return mintActor({ id, ref: "system:digest", name, role, ventures, sessionId: null, steppedUpAt: null });
}

/** One that fails is logged, is due again in an hour, and holds up nobody's. */
const write = (due: DueDigest): Promise<boolean> =>
  runStep("digest", async ({ now }) => {
    try {
      const reader = await readerOf(due.userId);
      return reader !== null && (await writeDigest(reader, { ...due, since: new Date(due.since) }, now)).sent;
    } catch (error) {
      if (error instanceof AppError && error.code === "FENCED") throw error;
      logger.error({ err: error, userId: due.userId }, "A digest could not be written");
      return false;
    }
  });

/** Whoever's digest is due gets it: once per person and day, however often this runs. */
async function digestTick(_due: Date): Promise<number> {
  if (!(await runStep("mail", async () => canMail()))) return 0;
  const due = await runStep("due", ({ now }) => listDueDigests(now));
  let sent = 0;
  for (const one of due) if (await write(one)) sent += 1;
  return sent;
}

defineWorkflow("digest-tick", digestTick);

/** Every hour from now on, and now what was missed while nothing ran. For processes that execute, after the launch. */
export async function beginDigest(): Promise<void> {
  const { ROLE, WATCH } = env();
  if (ROLE === "web" || WATCH === "0") return;
  const now = clock.now();
  await schedule("digest", "digest-tick", HOURLY);
  // One for each quarter of an hour: processes that start together begin one.
  await startWorkflow("digest-tick", `digest-tick:${Math.floor(now.getTime() / 900_000)}`, now);
}
