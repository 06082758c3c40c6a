import "server-only";
import { sealDay, verifyNow } from "@/lib/audit/mutations";
import { sweepRateLimits } from "@/lib/auth/rate-limit";
import { clock } from "@/lib/clock";
import { raiseClosingReminders } from "@/lib/closing/mutations/reminders";
import { demoteByRecords } from "@/lib/decisions/mutations/autonomy/demotion";
import { proposePromotions } from "@/lib/decisions/mutations/autonomy/promotions";
import { returnDeferred } from "@/lib/decisions/mutations/deferrals";
import { expireMemos } from "@/lib/decisions/mutations/execution";
import { keepMemosFresh } from "@/lib/decisions/mutations/revisions";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { readFolder } from "@/lib/governance/mutations/answers";
import { handOffExits } from "@/lib/governance/mutations/retrospective";
import { watchTriggers } from "@/lib/governance/mutations/watch-triggers";
import { raiseMetricAlerts } from "@/lib/growth/mutations/anomalies/metric-alerts";
import { openDueCycle } from "@/lib/growth/mutations/cycle/cycles";
import { followInitiatives } from "@/lib/growth/mutations/initiatives/initiative-measure";
import { raiseReminders } from "@/lib/growth/mutations/initiatives/initiative-reminders";
import { sweepPreviews } from "@/lib/imports/mutations/sweep";
import { storageFolder } from "@/lib/integrations/storage/blob-store";
import { sweepIncoming } from "@/lib/integrations/storage/incoming";
import { raiseReleaseReminders } from "@/lib/ledger/mutations/reminders";
import { logger } from "@/lib/logger";
import { refreshSnapshot } from "@/lib/metrics/mutations";
import { listWatched, type WatchedVenture } from "@/lib/metrics/queries/due";
import { keepReadiness } from "@/lib/readiness/mutations/keep";
import { watchContradictions } from "@/lib/reports/mutations/contradictions";
import { raiseAlerts } from "@/lib/stage/mutations";
import { endEvents } from "@/lib/stage/mutations/alert-cause";
import { postAlerts } from "@/lib/stage/mutations/alert-post";
import { beginDueRealization } from "@/lib/stage/mutations/realization";
import { raiseRollbacks } from "@/lib/stage/mutations/rollback-alerts";
import { beginDueStage } from "@/lib/stage/mutations/signals";
import { policyActor, watchActor } from "./agent-actor";
import { beginDueCoordination } from "./coordination";
import { defineWorkflow, runStep, schedule, startWorkflow } from "./engine";
import { fencedTransaction } from "./fence";

/** A quarter past two at night, UTC. */
const NIGHTLY = "15 2 * * *";
/** Seven minutes past each hour. */
const HOURLY = "7 * * * *";
const NIGHT_MS = (2 * 60 + 15) * 60_000;

const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/** The day whose night was last due at `now`: before a quarter past two, yesterday's. */
export const lastNight = (now: Date): string => dayOf(new Date(now.getTime() - NIGHT_MS));

/** One chore of the night. Each may be done twice; one that fails is logged, waits for the next night and holds up nothing. */
async function chore(name: string, work: (now: Date) => Promise<unknown>): Promise<boolean> {
  return runStep(name, async ({ now }) => {
    try {
      await work(now);
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === "FENCED") throw error;
      logger.error({ err: error, chore: name }, "A chore of the night failed");
      return false;
    }
  });
}

/** A whole record is sealed for the day, a broken one never. */
async function sealRecord(now: Date): Promise<void> {
  const { firstBreak } = await verifyNow(now);
  if (firstBreak === null) await sealDay(now);
}

/** What is looked at for each venture, in this order. */
const CARES: readonly ((id: string, now: Date) => Promise<unknown>)[] = [
  // Evidence ages by the day: the score is kept each night although nobody touched it.
  (id, now) => keepReadiness(id, "system:watch", now),
  // Time alone begins an alert: the seventh month in stage 40, a period that does not come.
  raiseAlerts,
  raiseMetricAlerts,
  raiseReminders,
  raiseClosingReminders,
  raiseReleaseReminders,
  followInitiatives,
  openDueCycle,
  beginDueRealization,
  beginDueStage,
  raiseRollbacks,
  watchTriggers,
  watchContradictions,
  (id, now) => keepMemosFresh(watchActor(id), id, now),
  beginDueCoordination,
  endEvents,
  // Last, so that whatever the night has raised is passed on.
  postAlerts,
];

/** One that fails holds up no other: an initiative that cannot be measured silences no alert. */
async function lookAfter({ id, due }: WatchedVenture, now: Date): Promise<void> {
  const failed: unknown[] = [];
  for (const care of due ? [refreshSnapshot, ...CARES] : CARES)
    await care(id, now).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "FENCED") throw error;
      failed.push(error);
    });
  if (failed.length > 0) throw new AggregateError(failed, "A venture could not be looked after in full");
}

/** The nightly work, once a day whoever asks for it: `watch:<day>`. */
async function watch(_day: string): Promise<{ ventures: number; failed: number }> {
  await chore("record", sealRecord);
  await chore("rate limits", sweepRateLimits);
  await chore("memos that expired", expireMemos);
  await chore("memos that come back", returnDeferred);
  await chore("previews", sweepPreviews);
  await chore("files that never arrived", (now) => sweepIncoming(storageFolder(), now));
  const ventures = await runStep("ventures", ({ now }) => listWatched(now));
  let failed = 0;
  for (const venture of ventures) if (!(await chore("venture", (now) => lookAfter(venture, now)))) failed += 1;
  await chore("rights that a bad record takes away", (now) => fencedTransaction((tx) => demoteByRecords(tx, now)));
  await chore("rights that a good record earns", (now) => proposePromotions(policyActor, now));
  await chore("exits that are handed over", handOffExits);
  await chore("answers of governance", readFolder);
  await chore("alerts that were not passed on", (now) => postAlerts(null, now));
  return { ventures: ventures.length, failed };
}

defineWorkflow("watch", watch);

/** What the engine's timer starts: it makes the day's run, or finds it. */
async function watchTick(due: Date): Promise<void> {
  await startWatch(dayOf(due));
}

defineWorkflow("watch-tick", watchTick);

const startWatch = (day: string): Promise<void> => startWorkflow("watch", `watch:${day}`, day);

/** Every night from now on, and now if the last night was missed. For processes that execute, after the launch. */
export async function beginWatch(): Promise<void> {
  const { ROLE, WATCH } = env();
  if (ROLE === "web" || WATCH === "0") return;
  await schedule("watch", "watch-tick", NIGHTLY);
  await schedule("letters", "letters", HOURLY);
  await startWatch(lastNight(clock.now()));
}
