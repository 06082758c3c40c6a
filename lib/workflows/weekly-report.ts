import "server-only";
import { clock } from "@/lib/clock";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { enrolVentures } from "@/lib/reports/mutations/weekly/schedule";
import { listDueWeeks, venturesOfWeek } from "@/lib/reports/queries/weekly/due";
import { HOLDING } from "@/lib/reports/queries/weekly/holding";
import { defineWorkflow, receive, runStep, schedule, startWorkflow } from "./engine";
import { type WeeklyOrder, writeWeekly } from "./weekly-write";

/** Every hour, for a week ends at another one in each zone. */
const HOURLY = "5 * * * *";
/** After a failure: half a minute, then longer, at most half an hour. */
const RETRY_SECONDS = [30, 120, 600, 1_800] as const;
const LOOK_SECONDS = 2;
/** The holding's report waits so long for those of its ventures, and then says which are missing. */
const MOST_LOOKS = 300;

type Written = { reportId: string; revisionId: string; revision: number; hash: string };

/** Null where it failed: logged, and tried again until it is there, for a week must not be missed. */
const attempt = (order: WeeklyOrder): Promise<Written | null> =>
  runStep("write", async ({ now }) => {
    try {
      const { reportId, revisionId, revision, hash } = await writeWeekly(order, now);
      return { reportId, revisionId, revision, hash };
    } catch (error) {
      if (error instanceof AppError && error.code === "FENCED") throw error;
      logger.error({ err: error, scope: order.scope, week: order.week }, "A weekly report could not be written");
      return null;
    }
  });

async function waitForVentures(week: string): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const missing = await runStep("ventures of the week", async () => (await venturesOfWeek(week)).missing.length);
    if (missing === 0) return;
    await receive("weekly", LOOK_SECONDS);
  }
}

/** One report of one week: `weekly:<holding or venture>:<week>`, with `:r<n>` for a correction. */
async function weeklyReport(order: WeeklyOrder): Promise<Written> {
  if (order.scope === HOLDING && order.revision === 1) await waitForVentures(order.week);
  for (let failed = 0; ; failed += 1) {
    const written = await attempt(order);
    if (!written) {
      await receive("weekly", RETRY_SECONDS[Math.min(failed, RETRY_SECONDS.length - 1)] ?? 1_800);
      continue;
    }
    if (order.revision === 1) await goOn(order.scope);
    return written;
  }
}

/** Missed weeks of a scope follow each other, for each tells what the one before said. */
async function goOn(scope: string): Promise<void> {
  const due = await runStep("next week", ({ now }) => listDueWeeks(now, scope));
  const next = due.find((one) => one.scope === scope);
  if (next) await startWeekly({ scope, week: next.week, revision: 1, reason: null, by: null });
}

defineWorkflow("weekly-report", weeklyReport);

/** A preview is of a moment: one that fails is not tried for ever. */
async function weeklyPreview(order: WeeklyOrder): Promise<Written | null> {
  if (order.scope === HOLDING) {
    const { expected } = await runStep("ventures of the week", () => venturesOfWeek(order.week));
    for (const scope of expected) await attempt({ ...order, scope });
  }
  return attempt(order);
}

defineWorkflow("weekly-preview", weeklyPreview);

/** Starts the oldest missing week of each scope; a report that is being written is found by its id. */
async function weeklyTick(_due: Date): Promise<number> {
  const due = await runStep("due", async ({ now }) => {
    await enrolVentures(now);
    return listDueWeeks(now);
  });
  const oldest = new Map(due.toReversed().map((one) => [one.scope, one]));
  for (const { scope, week } of oldest.values())
    await startWeekly({ scope, week, revision: 1, reason: null, by: null });
  return due.length;
}

defineWorkflow("weekly-tick", weeklyTick);

export const weeklyRun = ({ scope, week, revision }: Pick<WeeklyOrder, "scope" | "week" | "revision">): string =>
  `weekly:${scope}:${week}${revision > 1 ? `:r${revision}` : ""}`;

export const startWeekly = (order: WeeklyOrder): Promise<void> =>
  startWorkflow("weekly-report", weeklyRun(order), order);

/** `moment` sets apart two previews of a week. */
export const startPreview = (order: WeeklyOrder, moment: Date): Promise<void> =>
  startWorkflow("weekly-preview", `weekly-preview:${order.scope}:${order.week}:${moment.getTime()}`, order);

/** Every hour from now on, and now what was missed while nothing ran. For processes that execute, after the launch. */
export async function beginWeekly(): Promise<void> {
  const { ROLE, WATCH, WEEKLY } = env();
  if (ROLE === "web" || WATCH === "0" || WEEKLY === "0") return;
  const now = clock.now();
  await schedule("weekly", "weekly-tick", HOURLY);
  // One for each quarter of an hour: processes that start together begin one.
  await startWorkflow("weekly-tick", `weekly-tick:${Math.floor(now.getTime() / 900_000)}`, now);
}
