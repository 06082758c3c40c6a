import { beforeEach, describe, expect, test } from "vitest";
import { mintActor } from "@/lib/auth/actor";
import type { Role } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { listStandingAlerts } from "@/lib/reports/queries/news";
import { acknowledgeAlert, raiseAlerts, takeBackNote } from "./mutations";
import { listAlertHistory } from "./queries";

const NOW = new Date("2026-11-22T02:15:00Z");
const later = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);
const person = (role: Role, name: string, ventures: "all" | string[] = "all") =>
  mintActor({ id: name, ref: `user:${name}`, name, role, ventures, sessionId: null, steppedUpAt: null });
const grace = person("chairman", "grace");
const ana = person("analyst", "ana");

let count = 0;
let ventureId: string;
let read: { alertId: string; raisedAt: string };

async function measured(runway: string): Promise<void> {
  const row = {
    ...{ asOf: NOW, computedAt: NOW, freshnessDays: 3, freshness: "fresh", contradictions: 0 },
    measures: { cash_runway: { value: runway } },
  };
  await db.ventureSnapshot.upsert({ where: { ventureId }, create: { ventureId, ...row }, update: row });
}

beforeEach(async () => {
  count += 1;
  const venture = await db.venture.create({
    data: {
      ...{ slug: `noted-${count}`, name: `Noted ${count}`, sector: "software", businessModel: "saas" },
      ...{ currency: "EUR", country: "DE", timeZone: "Europe/Berlin", stage: "active" },
      settings: { create: { profile: "balanced", autonomy: "assisted" } },
      stageRecords: { create: { ordinal: 1, enteredAt: new Date("2026-01-01T00:00:00Z"), openSubstages: ["40.1"] } },
    },
  });
  ventureId = venture.id;
  await measured("3");
  await raiseAlerts(ventureId, NOW);
  const alert = await db.alert.findFirstOrThrow({ where: { ventureId } });
  read = { alertId: alert.id, raisedAt: alert.raisedAt.toISOString() };
});

const standing = async () => (await listStandingAlerts(grace, 9, ventureId))[0];
const types = async () => (await listAlertHistory(grace, 20, ventureId)).map(({ type, actor }) => [type, actor]);

describe("an alert", () => {
  test("is acknowledged by one person at a time, with who and when; it goes on standing", async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => acknowledgeAlert(index % 2 ? grace : ana, read, later(1))),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.refusal === "ACKNOWLEDGED_ALREADY")).toHaveLength(9);
    const alert = await standing();
    expect(alert).toMatchObject({ kind: "runway-low", acknowledgedAt: later(1) });
    expect(alert?.acknowledgedBy).toMatch(/^user:(grace|ana)$/);
    expect((await types()).filter(([type]) => type === "alert.acknowledged")).toHaveLength(1);
  });

  test("whose note is taken back is as if nobody had seen it, and the record has both", async () => {
    await acknowledgeAlert(ana, read, later(1));
    expect(await takeBackNote(grace, read, later(2))).toEqual({ ok: true, value: null });
    expect(await takeBackNote(grace, read, later(2))).toEqual({ ok: false, refusal: "NOT_ACKNOWLEDGED" });
    expect(await standing()).toMatchObject({ acknowledgedAt: null, acknowledgedBy: null });
    expect(await types()).toEqual([
      ["alert.unacknowledged", "user:grace"],
      ["alert.acknowledged", "user:ana"],
      ["alert.raised", "system:watch"],
    ]);
  });

  test("that ended and was raised again is another: an old screen notes nothing", async () => {
    await measured("12");
    await raiseAlerts(ventureId, later(24));
    expect(await acknowledgeAlert(ana, read, later(25))).toEqual({ ok: false, refusal: "OVER" });
    await measured("2");
    await raiseAlerts(ventureId, later(48));
    expect(await acknowledgeAlert(ana, read, later(49))).toEqual({ ok: false, refusal: "RAISED_AGAIN" });
    expect(await standing()).toMatchObject({ acknowledgedAt: null });
    expect(await acknowledgeAlert(ana, { ...read, raisedAt: later(48).toISOString() }, later(49))).toMatchObject({
      ok: true,
    });
    expect((await types()).map(([type]) => type)).toEqual([
      ...["alert.acknowledged", "alert.raised", "alert.cleared", "alert.raised"],
    ]);
  });

  test("of a venture out of sight, or for a role that may not, is not noted", async () => {
    await expect(acknowledgeAlert(person("analyst", "eve", []), read, NOW)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    for (const role of ["admin", "guest"] as const) {
      await expect(acknowledgeAlert(person(role, role), read, NOW)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    expect(await listAlertHistory(person("analyst", "eve", []), 9, ventureId)).toEqual([]);
    expect(await listAlertHistory(person("analyst", "eve", []), 9, null)).toEqual([]);
    expect(await standing()).toMatchObject({ acknowledgedAt: null });
  });
});
