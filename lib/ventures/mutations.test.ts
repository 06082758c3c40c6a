import { afterAll, describe, expect, test } from "vitest";
import { mintActor } from "@/lib/auth/actor";
import type { Role } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { disconnectEngineClient } from "@/lib/workflows/transport";
import { adoptStage40, configureVenture, createVenture, initiateStage40 } from "./mutations";
import { findVentureBySlug, getEntryGate, getVenture, getVentureSettings, listVentures } from "./queries";

afterAll(disconnectEngineClient);

const actor = (role: Role, ventures: "all" | string[] = "all") =>
  mintActor({ id: role, ref: `user:${role}`, name: role, role, ventures, sessionId: null, steppedUpAt: null });
const chairman = actor("chairman");

let made = 0;
async function venture(maturityScore: number | null = 88): Promise<string> {
  made += 1;
  const outcome = await createVenture(chairman, {
    name: `Venture ${made}`,
    sector: "Robotics",
    businessModel: "saas",
    currency: "EUR",
    country: "DE",
    timeZone: "Europe/Berlin",
    foundedOn: "2018-03-31",
    maturityScore,
  });
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value.ventureId;
}

async function reportMonths(ventureId: string, metric: string, values: readonly number[]): Promise<void> {
  const source = await db.dataSource.upsert({
    where: { ventureId_name: { ventureId, name: "Test" } },
    create: { ventureId, name: "Test", kind: "manual" },
    update: {},
  });
  const at = new Date("2026-11-01T00:00:00Z");
  await db.metricPoint.createMany({
    data: values.map((value, i) => ({
      ventureId,
      metric,
      basis: "actual" as const,
      grain: "month",
      value,
      currency: metric === "exit_readiness" ? null : "EUR",
      periodStart: new Date(Date.UTC(2026, 9 - values.length + 1 + i, 1)),
      sourceId: source.id,
      asOf: at,
      recordedAt: at,
      recordedBy: "user:test",
    })),
  });
}

async function passGate(ventureId: string): Promise<void> {
  await reportMonths(
    ventureId,
    "revenue",
    Array.from({ length: 24 }, (_, i) => 100 + i),
  );
  await reportMonths(ventureId, "valuation", [100, 101, 102, 103]);
  await reportMonths(ventureId, "exit_readiness", [80]);
}

const events = (ventureId: string) => db.event.findMany({ where: { chain: ventureId }, orderBy: { seq: "asc" } });

describe("createVenture", () => {
  test("stores the venture, its settings and one event", async () => {
    const id = await venture();
    expect(await getVenture(chairman, id)).toMatchObject({
      stage: "mature",
      foundedOn: "2018-03-31",
      maturityScore: "88",
      stageRecord: null,
    });
    expect(await getVentureSettings(chairman, id)).toMatchObject({
      profile: "balanced",
      autonomy: "assisted",
      version: 1,
    });
    expect((await events(id)).map((event) => event.type)).toEqual(["venture.created"]);
  });

  test("a taken slug is refused and leaves nothing", async () => {
    const input = { sector: "x", businessModel: "saas", currency: "EUR", country: "DE", timeZone: "UTC" } as const;
    const [first, second] = [
      await createVenture(chairman, { ...input, name: "Äther Labs" }),
      await createVenture(chairman, { ...input, name: "Ather Labs" }),
    ];
    expect(first).toMatchObject({ ok: true, value: { slug: "ather-labs" } });
    expect(second).toEqual({ ok: false, refusal: "SLUG_TAKEN" });
    expect(await db.venture.count({ where: { slug: "ather-labs" } })).toBe(1);
  });
});

describe("queries stay inside what the actor may see", () => {
  test("a grant shows one venture and hides the other", async () => {
    const [mine, other] = [await venture(), await venture()];
    const analyst = actor("analyst", [mine]);
    expect((await listVentures(analyst)).map((v) => v.id)).toEqual([mine]);
    const { slug } = await getVenture(chairman, other);
    expect(await findVentureBySlug(analyst, slug)).toBeNull();
    expect((await findVentureBySlug(chairman, slug))?.id).toBe(other);
    for (const read of [getVenture, getVentureSettings, getEntryGate]) {
      await expect(read(analyst, other)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await listVentures(actor("guest", []))).toEqual([]);
  });
});

describe("configureVenture", () => {
  const base = { version: 1, profile: "aggressive", overrides: {} } as const;

  test("a profile brings its autonomy; what the profile says anyway is not kept as an override", async () => {
    const ventureId = await venture();
    const overrides = { escrow: 12, exitReadinessTarget: 80 };
    expect(await configureVenture(chairman, { ...base, ventureId, overrides })).toEqual({
      ok: true,
      value: { version: 2, warnings: [] },
    });
    const settings = await getVentureSettings(chairman, ventureId);
    expect(settings).toMatchObject({ profile: "aggressive", autonomy: "auto", version: 2, overridden: ["escrow"] });
    expect(settings.parameters).toMatchObject({ escrow: 12, targetBuyerPool: 30 });
  });

  test("out of range is refused with the range, and nothing is written", async () => {
    const ventureId = await venture();
    const outcome = await configureVenture(chairman, { ...base, ventureId, overrides: { escrow: 21 } });
    expect(outcome).toEqual({
      ok: false,
      refusal: "INVALID_INPUT",
      problems: [{ path: "overrides.escrow", expected: "Escrow: from 5 to 20 % of proceeds" }],
    });
    expect((await events(ventureId)).map((event) => event.type)).toEqual(["venture.created"]);
  });

  test("only a chairman may; an analyst and an admin are turned away", async () => {
    const ventureId = await venture();
    for (const role of ["analyst", "admin", "guest"] as const) {
      await expect(configureVenture(actor(role), { ...base, ventureId })).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });

  test("of two changes of the same version one wins and the other is a conflict", async () => {
    const ventureId = await venture();
    const attempts = await Promise.allSettled([
      configureVenture(chairman, { ...base, ventureId, overrides: { escrow: 6 } }),
      configureVenture(chairman, { ...base, ventureId, overrides: { escrow: 7 } }),
    ]);
    expect(attempts.filter((a) => a.status === "fulfilled")).toHaveLength(1);
    expect(attempts.find((a) => a.status === "rejected")).toMatchObject({ reason: { code: "CONFLICT" } });
    expect((await events(ventureId)).filter((event) => event.type === "venture.configured")).toHaveLength(1);
  });

  test("a minimum valuation above today's is stored with a warning, converted at the stored rate", async () => {
    const ventureId = await venture();
    await reportMonths(ventureId, "valuation", [3_000_000]);
    const rate = { base: "EUR", quote: "USD", day: new Date("2026-10-31"), rate: "1.1", source: "test" };
    await db.fxRate.create({ data: rate });
    const low = await configureVenture(chairman, { ...base, ventureId, overrides: { minimumValuation: 3_300_000 } });
    expect(low).toMatchObject({ ok: true, value: { warnings: [] } });
    const high = await configureVenture(chairman, {
      ...base,
      ventureId,
      version: 2,
      overrides: { minimumValuation: 3_300_001 },
    });
    expect(high).toMatchObject({ ok: true, value: { version: 3 } });
    expect(high.ok && high.value.warnings[0]).toContain("Minimum valuation (3300001 USD)");
  });
});

describe("initiateStage40", () => {
  test("a passing gate opens 40.1 with one event that quotes it", async () => {
    const ventureId = await venture();
    await passGate(ventureId);
    expect((await getEntryGate(chairman, ventureId)).passed).toBe(true);
    const outcome = await initiateStage40(chairman, ventureId);
    expect(outcome).toMatchObject({ ok: true, value: { ordinal: 1, overridden: false } });
    const { stage, stageRecord } = await getVenture(chairman, ventureId);
    expect(stage).toBe("active");
    expect(stageRecord).toMatchObject({ ordinal: 1, openSubstages: ["40.1"], endedAt: null });
    const initiated = (await events(ventureId)).at(-1);
    expect(initiated).toMatchObject({ type: "stage.initiated", payload: { overrideReason: null } });
  });

  test("a failing gate names each failing line and changes nothing", async () => {
    const ventureId = await venture(70);
    const outcome = await initiateStage40(chairman, ventureId);
    expect(outcome).toMatchObject({ ok: false, refusal: "GATE_FAILED" });
    expect(!outcome.ok && outcome.problems?.map((problem) => problem.path)).toEqual([
      "venture-mature",
      "metrics-positive",
      "metrics-period",
    ]);
    expect((await getVenture(chairman, ventureId)).stage).toBe("mature");
    expect(await events(ventureId)).toHaveLength(1);
  });

  test("the chairman passes it with a reason, which is kept", async () => {
    const ventureId = await venture(null);
    const overrideReason = "Inbound offer; the figures follow with the audit.";
    expect(await initiateStage40(chairman, ventureId, { overrideReason })).toMatchObject({
      ok: true,
      value: { overridden: true },
    });
    expect(await db.stageRecord.findFirst({ where: { ventureId } })).toMatchObject({ overrideReason });
  });

  test("an analyst may not initiate", async () => {
    const ventureId = await venture();
    await expect(initiateStage40(actor("analyst"), ventureId)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("ten starts at once make one record", async () => {
    const ventureId = await venture();
    await passGate(ventureId);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => initiateStage40(chairman, ventureId)));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.refusal === "ALREADY_ACTIVE")).toHaveLength(9);
    expect(await db.stageRecord.count({ where: { ventureId } })).toBe(1);
  });
});

describe("adoptStage40", () => {
  const story = {
    enteredOn: "2025-02-03",
    openSubstages: ["40.1", "40.2"],
    reason: "In exit preparation already.",
  } as const;
  const told = (ventureId: string) => ({ ...story, openSubstages: [...story.openSubstages], ventureId });

  test("a venture already in the stage keeps its own dates, with the reason on record", async () => {
    const ventureId = await venture();
    expect(await adoptStage40(chairman, told(ventureId))).toMatchObject({ ok: true });
    expect(await getVenture(chairman, ventureId)).toMatchObject({
      stage: "active",
      stageRecord: { ordinal: 1, enteredAt: "2025-02-03T00:00:00.000Z", openSubstages: ["40.1", "40.2"] },
    });
    expect((await events(ventureId)).at(-1)).toMatchObject({
      type: "stage.adopted",
      payload: { reason: story.reason },
    });
    expect(await initiateStage40(chairman, ventureId)).toEqual({ ok: false, refusal: "ALREADY_ACTIVE" });
  });

  test("one that has been sold is exited, and cannot be started again", async () => {
    const ventureId = await venture();
    await adoptStage40(chairman, { ...told(ventureId), openSubstages: [], exitedOn: "2026-10-30" });
    expect((await getVenture(chairman, ventureId)).stage).toBe("exited");
    expect(await db.stageRecord.findFirst({ where: { ventureId } })).toMatchObject({ outcome: "exited" });
    expect(await initiateStage40(chairman, ventureId)).toEqual({ ok: false, refusal: "EXITED" });
  });

  test("twice at once is once; nobody but the chairman tells it; half a story is refused", async () => {
    const ventureId = await venture();
    const both = await Promise.all([adoptStage40(chairman, told(ventureId)), adoptStage40(chairman, told(ventureId))]);
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
    await expect(adoptStage40(actor("analyst"), told(ventureId))).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(adoptStage40(chairman, { ...told(ventureId), openSubstages: [] })).rejects.toThrow("open substage");
  });
});
