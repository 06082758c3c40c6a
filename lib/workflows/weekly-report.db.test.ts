import { createHash } from "node:crypto";
import { copyFileSync, readdirSync, rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useClock } from "@/lib/clock";
import { db } from "@/lib/db";
import { makeVenture, person } from "@/lib/decisions/test-support/memos";
import { weeklyDownload } from "@/lib/integrations/weekly/frozen";
import { holdingSchedule } from "@/lib/reports/mutations/weekly/schedule";
import { listDueWeeks } from "@/lib/reports/queries/weekly/due";
import { findWeekly, findWeeklyComparison, listWeekly } from "@/lib/reports/queries/weekly/list";
import { getWeeklyFile } from "@/lib/reports/queries/weekly/report";
import { WEEKLY_FORMATS } from "@/lib/reports/schema/weekly";
import { launchEngine, startWorkflow, stopEngine } from "./engine";
import { engineClient } from "./transport";
import { orderCorrection } from "./weekly-orders";
import { beginWeekly } from "./weekly-report";
import { writeWeekly } from "./weekly-write";
import "./register";

process.env.WATCH = "1";
const FOLDER = `/tmp/chairman-weekly-${process.pid}`;
process.env.DATA_ROOM_DIR = FOLDER;

/** A Monday in Zurich, an hour after the week ended. */
let now = new Date("2026-11-23T00:05:00Z");
const grace = person("chairman", "grace");
let restore: () => void = () => undefined;
let venture = { id: "", slug: "" };

beforeAll(async () => {
  restore = useClock({ now: () => now });
  await holdingSchedule(db, now, "Europe/Zurich", "2026-W46");
  const id = await makeVenture();
  await db.stageRecord.create({
    data: { ventureId: id, ordinal: 1, enteredAt: new Date("2026-01-01T00:00:00Z"), openSubstages: ["40.1"] },
  });
  await db.weeklySchedule.create({ data: { scope: id, ventureId: id, since: "2026-W46", createdAt: now } });
  // Made in the one week and taken back in the next.
  await db.stageOverride.create({
    data: {
      ...{ ventureId: id, ordinal: 1, criterion: "exit.value-captured", reason: "Counsel's binder", found: "unknown" },
      ...{ madeBy: "system:test", madeAt: new Date("2026-11-11T09:00:00Z"), takenBackReason: "A page was missing" },
      ...{ takenBackBy: "system:test", takenBackAt: new Date("2026-11-17T09:00:00Z") },
    },
  });
  const { slug } = await db.venture.findUniqueOrThrow({ where: { id } });
  venture = { id, slug };
  await launchEngine();
});
afterAll(async () => {
  restore();
  await stopEngine();
  rmSync(FOLDER, { recursive: true, force: true });
});

const over = async (id: string): Promise<unknown> => (await engineClient()).retrieveWorkflow(id).getResult();
const digest = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

async function download(revisionId: string) {
  const files = [];
  for (const format of WEEKLY_FORMATS)
    files.push(await weeklyDownload(await getWeeklyFile(grace, revisionId, format), format));
  return files.map(({ name, bytes }) => ({ name, hash: digest(bytes) }));
}

describe("the weekly report", () => {
  test("is written for every week that was missed, once, whoever looks and however often", {
    timeout: 240_000,
  }, async () => {
    const due = await listDueWeeks(now);
    expect(due.map(({ scope, week }) => `${scope === venture.id ? "venture" : scope} ${week}`)).toEqual([
      ...["venture 2026-W46", "holding 2026-W46", "venture 2026-W47", "holding 2026-W47"],
    ]);
    // The launch, two ticks at once, and two writers that know nothing of the engine.
    const order = { scope: venture.id, week: "2026-W46", revision: 1, reason: null, by: null };
    await beginWeekly();
    await startWorkflow("weekly-tick", "weekly-tick:a", now);
    await startWorkflow("weekly-tick", "weekly-tick:b", now);
    const written = await Promise.all([writeWeekly(order, now), writeWeekly(order, now)]);
    expect(new Set(written.map(({ revisionId }) => revisionId)).size).toBe(1);
    await Promise.all(["weekly-tick:a", "weekly-tick:b"].map(over));
    for (const week of ["2026-W46", "2026-W47"])
      await Promise.all([over(`weekly:${venture.id}:${week}`), over(`weekly:holding:${week}`)]);
    const rows = await db.weeklyRevision.findMany({ include: { report: true } });
    expect(
      rows
        .map(
          ({ report, revision }) =>
            `${report.scope === venture.id ? "venture" : report.scope} ${report.week} ${revision}`,
        )
        .sort(),
    ).toEqual([...["holding 2026-W46 1", "holding 2026-W47 1", "venture 2026-W46 1", "venture 2026-W47 1"]]);
    expect(await db.event.count({ where: { type: "weekly.written" } })).toBe(4);
    expect(await listDueWeeks(now)).toEqual([]);
    const shelf = await listWeekly(grace, {});
    expect(shelf.weeks.map(({ week, lines }) => `${week}: ${lines.length}`)).toEqual(["2026-W47: 2", "2026-W46: 2"]);
    expect(shelf.next).toBeNull();
    expect((await listWeekly(grace, { before: "2026-W47", scope: "holding" })).weeks).toMatchObject([
      { week: "2026-W46", lines: [{ slug: "holding", words: expect.not.stringContaining("[[") }] },
    ]);
    // A week that was missed tells what the one before said, though both were written in one go.
    const told = await findWeekly(grace, "2026-W47", "holding", null);
    expect(told?.document.front.light.last?.week).toBe("2026-W46");
    const taken = async (week: string) => (await findWeekly(grace, week, venture.slug, null))?.document.appendix;
    expect(JSON.stringify(await taken("2026-W46"))).toContain("Exit gate: Value captured");
    expect(JSON.stringify(await taken("2026-W46"))).not.toContain("A page was missing");
    expect(JSON.stringify(await taken("2026-W47"))).toContain("A page was missing");
  });

  test("downloads as the same bytes for ever, and a correction stands beside it with its reason", {
    timeout: 120_000,
  }, async () => {
    const first = await findWeekly(grace, "2026-W47", venture.slug, null);
    if (!first) throw new Error("no report");
    const before = await download(first.revisionId);
    expect(before[0]?.name).toMatch(/-weekly-2026-W47-r1\.pdf$/);
    now = new Date("2027-02-01T09:00:00Z");
    await db.venture.update({ where: { id: venture.id }, data: { name: "Renamed" } });
    const ordered = await orderCorrection(grace, { reportId: first.id, revision: 1, reason: "The name was wrong" });
    expect(ordered).toMatchObject({ ok: true, value: { revision: 2 } });
    await over(`weekly:${venture.id}:2026-W47:r2`);
    expect(await orderCorrection(grace, { reportId: first.id, revision: 1, reason: "Again" })).toMatchObject({
      ok: false,
    });
    const second = await findWeekly(grace, "2026-W47", venture.slug, null);
    expect(second).toMatchObject({ revision: 2, document: { subject: "Renamed" } });
    expect(second?.revisions.map(({ revision, reason }) => [revision, reason])).toEqual([
      [2, "The name was wrong"],
      [1, null],
    ]);
    expect((await findWeeklyComparison(grace, "2026-W47", venture.slug, 2))?.before.version).toBe(1);
    expect(await download(first.revisionId)).toEqual(before);
  });

  test("goes on where the week before ended when the zone is moved, whatever a preview said", async () => {
    const order = { scope: "holding", week: "2026-W48", revision: 0, reason: null, by: null };
    await writeWeekly(order, new Date("2026-11-26T09:00:00Z"));
    await db.weeklySchedule.update({ where: { scope: "holding" }, data: { timeZone: "Asia/Tokyo" } });
    // Monday in Tokyo, Sunday in Zurich.
    await writeWeekly({ ...order, revision: 1 }, new Date("2026-11-29T15:05:00Z"));
    const key = { scope_week: { scope: "holding", week: "2026-W48" } };
    expect(await db.weeklyReport.findUnique({ where: key })).toMatchObject({
      ...{ startsAt: new Date("2026-11-22T23:00:00Z"), endsAt: new Date("2026-11-29T15:00:00Z") },
      timeZone: "Asia/Tokyo",
    });
  });

  test("cannot be changed in the database, and a file that is another one is not handed out", async () => {
    const page = await findWeekly(grace, "2026-W46", venture.slug, 1);
    const id = page?.revisionId ?? "";
    await expect(db.weeklyRevision.update({ where: { id }, data: { headline: "better" } })).rejects.toThrow(
      /not changed/,
    );
    await expect(db.weeklyFile.deleteMany({ where: { revisionId: id } })).rejects.toThrow(/not changed/);
    const found = await getWeeklyFile(grace, id, "md");
    const other = await getWeeklyFile(grace, id, "csv");
    const kept = readdirSync(FOLDER, { recursive: true }).map(String);
    const place = (hash = "none") => `${FOLDER}/${kept.find((name) => name.endsWith(hash))}`;
    copyFileSync(place(other.file?.hash), place(found.file?.hash));
    await expect(weeklyDownload(found, "md")).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
