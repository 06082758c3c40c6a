import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { mintActor } from "@/lib/auth/actor";
import type { Role } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { beginAttempt, endAttempt } from "@/lib/growth/mutations/initiatives/outbound";
import { mailLetter } from "@/lib/integrations/mail";
import { type MailServer, mailServer } from "@/lib/integrations/test-support/mail-server";
import { listStandingAlerts } from "@/lib/reports/queries/news";
import { disconnectEngineClient, engineClient } from "@/lib/workflows/transport";
import {
  acknowledgeMany,
  muteAlert,
  setAlertSetting,
  snoozeAlert,
  unmuteAlert,
  wakeAlert,
} from "./mutations/alert-care";
import { clearCause, raiseCause } from "./mutations/alert-cause";
import { postAlerts } from "./mutations/alert-post";
import { changeRisk, openRisk } from "./mutations/risks";
import { raiseRollbacks } from "./mutations/rollback-alerts";
import { listCaredAlerts } from "./queries/alert-list";
import { listRisks } from "./queries/risks";

const NOW = new Date("2026-11-22T02:15:00Z");
const later = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);
const person = (role: Role) =>
  mintActor({ id: role, ref: `user:${role}`, name: role, role, ventures: "all", sessionId: null, steppedUpAt: null });
const [chairman, analyst] = [person("chairman"), person("analyst")];

const NOBODY = "01900000-0000-7000-8000-0000000000ff";

let count = 0;
let ventureId: string;
const cause = (of = "growth-critical") => ({
  ...{ causeKey: `${of}:${ventureId}`, ventureId, kind: of, severity: "critical" as const },
  ...{ title: "growth rate critical", detail: "Raised below 5 %." },
});
const raise = (now: Date, of?: string) =>
  db.$transaction((tx) => raiseCause(tx, cause(of), { by: "system:watch", now }));
const clear = (now: Date, of?: string) =>
  db.$transaction((tx) => clearCause(tx, cause(of).causeKey, { by: "system:watch", now }));
const mine = async (now: Date) =>
  (await listCaredAlerts(chairman, now)).filter(({ venture }) => venture?.id === ventureId);
const onDesk = (now: Date) => listStandingAlerts(chairman, 9, ventureId, now);
const types = async () =>
  (await db.event.findMany({ where: { chain: ventureId }, orderBy: { seq: "asc" } })).map(({ type }) => type);

beforeEach(async () => {
  count += 1;
  const venture = await db.venture.create({
    data: {
      ...{ slug: `cared-${count}`, name: `Cared ${count}`, sector: "software", businessModel: "saas" },
      ...{ currency: "EUR", country: "DE", timeZone: "Europe/Berlin", stage: "active" },
      settings: { create: { profile: "balanced", autonomy: "assisted" } },
    },
  });
  ventureId = venture.id;
  await raise(NOW);
});

test("put off until a day: off the desk till then, back by itself, and at once when it is raised again", async () => {
  const [alert] = await mine(NOW);
  const read = { alertId: alert?.id ?? "", raisedAt: NOW.toISOString() };
  expect(await snoozeAlert(analyst, { ...read, until: "2026-11-22" }, NOW)).toMatchObject({ refusal: "PAST" });
  expect(await snoozeAlert(analyst, { ...read, until: "2026-11-29" }, NOW)).toMatchObject({ ok: true });
  expect([await onDesk(later(6)), (await mine(later(6)))[0]?.state]).toEqual([[], "snoozed"]);
  expect([(await onDesk(later(7))).length, (await mine(later(7)))[0]?.state]).toEqual([1, "open"]);
  await clear(later(1));
  await raise(later(2));
  expect([(await onDesk(later(3))).length, (await mine(later(3)))[0]?.state]).toEqual([1, "open"]);
  expect(await snoozeAlert(analyst, { ...read, until: "2026-12-01" }, later(3))).toMatchObject({
    refusal: "RAISED_AGAIN",
  });
  expect(await wakeAlert(analyst, read.alertId, later(3))).toMatchObject({ ok: true });
  expect(await types()).toEqual(["alert.raised", "alert.snoozed", "alert.cleared", "alert.raised", "alert.woken"]);
});

test("muted with an end: quiet through it whatever is raised, shown as such; a critical one by the chairman only", async () => {
  const [alert] = await mine(NOW);
  const mute = { alertId: alert?.id ?? "", until: "2026-11-30", reason: "The plan is agreed" };
  expect(await muteAlert(analyst, mute, NOW)).toMatchObject({ refusal: "ONLY_CHAIRMAN" });
  expect(await muteAlert(chairman, { ...mute, until: "2028-01-01" }, NOW)).toMatchObject({ refusal: "TOO_FAR" });
  expect(await muteAlert(chairman, mute, NOW)).toMatchObject({ ok: true });
  await clear(later(1));
  await raise(later(2));
  expect(await onDesk(later(8))).toEqual([]);
  expect((await mine(later(8)))[0]).toMatchObject({
    state: "muted",
    muteReason: "The plan is agreed",
    mutedUntil: "2026-11-30",
  });
  expect((await mine(later(9)))[0]?.state).toBe("open");
  expect(await unmuteAlert(analyst, mute.alertId, later(3))).toMatchObject({ ok: true });
  expect((await mine(later(3)))[0]).toMatchObject({ state: "open", muteReason: null });
  expect((await types()).slice(-4)).toEqual(["alert.muted", "alert.cleared", "alert.raised", "alert.unmuted"]);
});

test("severity and channels are as the chairman sets them; many are acknowledged at once", async () => {
  await raise(NOW, "data-stale");
  const setting = { kind: "data-stale", version: 0, severity: "info" as const, channels: ["digest" as const] };
  expect(await setAlertSetting(chairman, setting, NOW)).toMatchObject({ ok: true });
  expect(await setAlertSetting(chairman, setting, NOW)).toMatchObject({ refusal: "CONFLICT" });
  await expect(setAlertSetting(analyst, { ...setting, version: 1 }, NOW)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const standing = await mine(NOW);
  expect(standing.map(({ kind, severity }) => [kind, severity])).toEqual([
    ["growth-critical", "critical"],
    ["data-stale", "info"],
  ]);
  expect((await onDesk(NOW)).map(({ kind }) => kind)).toEqual(["growth-critical"]);
  const alerts = standing.map(({ id }) => ({ alertId: id, raisedAt: NOW.toISOString() }));
  expect(await acknowledgeMany(analyst, { alerts }, NOW)).toEqual({ ok: true, value: { noted: 2, left: 0 } });
  expect(await acknowledgeMany(analyst, { alerts }, NOW)).toEqual({ ok: true, value: { noted: 0, left: 2 } });
  await db.alertSetting.deleteMany();
});

test("a risk is opened from an alert, changed by one of two, and closed", async () => {
  const [alert] = await mine(NOW);
  const said = {
    title: "Growth stays low",
    detail: "",
    ownerId: null,
    likelihood: 4,
    impact: 5,
    mitigation: "",
    dueOn: "2026-11-30",
  };
  const opened = await openRisk(analyst, { ...said, ventureId, alertId: alert?.id ?? null }, NOW);
  const riskId = opened.ok ? opened.value.riskId : "";
  expect((await mine(NOW))[0]?.risks).toBe(1);
  const change = { ...said, riskId, version: 1, status: "mitigating" as const, likelihood: 2 };
  const both = await Promise.all([
    changeRisk(analyst, change, NOW),
    changeRisk(chairman, { ...change, likelihood: 3 }, NOW),
  ]);
  expect(both.map((one) => (one.ok ? "ok" : one.refusal)).sort()).toEqual(["CONFLICT", "ok"]);
  const risk = async (now: Date) => (await listRisks(chairman, now)).find(({ id }) => id === riskId);
  expect(await risk(later(30))).toMatchObject({ status: "mitigating", alertStands: true, overdue: true });
  expect(await changeRisk(analyst, { ...change, ownerId: NOBODY, version: 2 }, NOW)).toMatchObject({
    refusal: "OWNER",
  });
  await changeRisk(analyst, { ...change, version: 2, status: "closed" }, later(1));
  expect(await risk(later(30))).toMatchObject({ status: "closed", closedAt: later(1), overdue: false });
  expect((await mine(NOW))[0]?.risks).toBe(0);
});

test("a rollback condition that holds is an alert, once, until it is far again", async () => {
  const block = {
    ...{
      ventureId,
      kind: "regulatory-block",
      nature: "merger-control",
      raisedBy: "Authority",
      grounds: "Market share",
    },
    ...{ occurredOn: NOW, evidence: "Letter", status: "open", recordedBy: "user:analyst", recordedAt: NOW },
  };
  const { id } = await db.impediment.create({ data: block });
  expect(await raiseRollbacks(ventureId, NOW)).toEqual({ raised: ["regulatory-block"] });
  expect(await raiseRollbacks(ventureId, later(1))).toEqual({ raised: [] });
  const standing = async () => (await mine(later(2))).filter(({ kind }) => kind === "rollback");
  expect(await standing()).toMatchObject([{ severity: "critical", title: "A regulator blocks the deal" }]);
  await db.impediment.update({ where: { id }, data: { status: "lifted" } });
  await raiseRollbacks(ventureId, later(2));
  expect(await standing()).toEqual([]);
});

let server: MailServer;
beforeAll(async () => {
  await engineClient();
  server = await mailServer();
});
afterAll(async () => {
  await server.close();
  await disconnectEngineClient();
});

test("a critical one is mailed once to each chairman by a real server, with a link and nothing to press", async () => {
  await db.alert.updateMany({ where: { NOT: { ventureId } }, data: { postedAt: later(99) } });
  const email = `grace-${count}@holding.example`;
  await db.user.create({ data: { email, name: "Grace", role: "chairman" } });
  const settings = env();
  const before = settings.SMTP_URL;
  settings.SMTP_URL = server.url;
  try {
    const chairmen = await db.user.count({ where: { role: "chairman", disabledAt: null } });
    const both = await Promise.all([postAlerts(ventureId, NOW), postAlerts(null, NOW)]);
    expect(both.reduce((sum, one) => sum + one.letters, 0)).toBe(chairmen);
    expect(await postAlerts(null, later(1))).toEqual({ letters: 0 });
    const messages = await db.outboxMessage.findMany({ where: { subject: `alert:${cause().causeKey}` } });
    const ours = messages.find(({ payload }) => JSON.stringify(payload).includes(email));
    const call = await beginAttempt(ours?.id ?? "", NOW);
    if (!call?.letter) throw new Error("no letter");
    const delivery = await mailLetter({ ...call.letter, text: call.body }, call.unsettled);
    await endAttempt(ours?.id ?? "", delivery, NOW);
    expect(await beginAttempt(ours?.id ?? "", NOW)).toBeNull();
    const [letter = "", ...more] = server.letters;
    expect(more).toEqual([]);
    expect(letter).toContain(`To: ${email}`);
    expect(letter).toMatch(/Subject: Critical: Cared \d+: growth rate critical/);
    expect(letter).toContain(`/alerts?venture`);
    // Muted, it is not told while it is raised again; its cause being new, it is told afterwards.
    const [alert] = await mine(NOW);
    await muteAlert(chairman, { alertId: alert?.id ?? "", until: "2026-11-25", reason: "Known" }, NOW);
    await clear(later(1));
    await raise(later(2));
    expect(await postAlerts(ventureId, later(2))).toEqual({ letters: 0 });
    expect((await postAlerts(ventureId, later(4))).letters).toBe(chairmen);
  } finally {
    settings.SMTP_URL = before;
  }
});
