import { describe, expect, test } from "vitest";
import { mintActor } from "@/lib/auth/actor";
import type { Role } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { createVenture } from "../mutations";
import { findVentureFor, getVenture, listArchivedVentures, listVentures } from "../queries";
import { archiveVenture, changeVenture, nameOwner, restoreVenture } from "./facts";

const actor = (role: Role, ventures: "all" | string[] = "all") =>
  mintActor({ id: role, ref: `user:${role}`, name: role, role, ventures, sessionId: null, steppedUpAt: null });
const chairman = actor("chairman");
const facts = {
  name: "Lumen",
  sector: "Health",
  businessModel: "saas" as const,
  currency: "EUR",
  country: "DE",
  timeZone: "Europe/Berlin",
};

let made = 0;
async function venture(): Promise<string> {
  made += 1;
  const outcome = await createVenture(chairman, { ...facts, slug: `lumen-${made}` });
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value.ventureId;
}
const lastEvent = (chain: string) => db.event.findFirstOrThrow({ where: { chain }, orderBy: { seq: "desc" } });

describe("createVenture", () => {
  test.each(["日本", "!!!", "New"])("the name %j gives no address of its own", async (name) => {
    expect(await createVenture(chairman, { ...facts, name })).toMatchObject({ ok: false, refusal: "SLUG_NEEDED" });
  });
});

describe("changeVenture", () => {
  test("stores what changed, and says what from", async () => {
    const ventureId = await venture();
    const change = {
      ...facts,
      ventureId,
      version: 1,
      name: "Lumen Health",
      maturityScore: 88.5,
      foundedOn: "2018-03-31",
    };
    expect(await changeVenture(chairman, change)).toEqual({ ok: true, value: { version: 2 } });
    expect(await getVenture(chairman, ventureId)).toMatchObject({
      name: "Lumen Health",
      maturityScore: "88.5",
      foundedOn: "2018-03-31",
      version: 2,
    });
    expect(await lastEvent(ventureId)).toMatchObject({
      type: "venture.changed",
      payload: {
        version: 2,
        changed: [
          { fact: "name", from: "Lumen", to: "Lumen Health" },
          { fact: "foundedOn", from: null, to: "2018-03-31" },
          { fact: "maturityScore", from: null, to: 88.5 },
        ],
      },
    });
  });

  test("of two changes of one version one wins", async () => {
    const ventureId = await venture();
    const both = ["One", "Two"].map((name) => changeVenture(chairman, { ...facts, ventureId, version: 1, name }));
    const settled = await Promise.allSettled(both);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(settled.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "CONFLICT" } });
    expect((await getVenture(chairman, ventureId)).version).toBe(2);
  });

  test("the currency changes only while nothing is counted in it", async () => {
    const ventureId = await venture();
    expect(await changeVenture(chairman, { ...facts, ventureId, version: 1, currency: "USD" })).toMatchObject({
      ok: true,
    });
    const source = await db.dataSource.create({ data: { ventureId, name: "Books", kind: "manual" } });
    const at = new Date("2026-11-01T00:00:00Z");
    await db.metricPoint.create({
      data: {
        ...{ ventureId, metric: "revenue", basis: "actual", grain: "month", value: 1, currency: "USD" },
        ...{ periodStart: at, sourceId: source.id, asOf: at, recordedAt: at, recordedBy: "user:test" },
      },
    });
    expect(await changeVenture(chairman, { ...facts, ventureId, version: 2 })).toMatchObject({
      ok: false,
      refusal: "CURRENCY_IN_USE",
    });
    const renamed = { ...facts, ventureId, version: 2, currency: "USD", name: "Lumen Inc" };
    expect(await changeVenture(chairman, renamed)).toMatchObject({ ok: true });
  });

  test.each(["analyst", "admin", "guest"] as const)("no %s changes or archives one", async (role) => {
    const ventureId = await venture();
    const refused = { code: "FORBIDDEN" };
    await expect(changeVenture(actor(role), { ...facts, ventureId, version: 1 })).rejects.toMatchObject(refused);
    await expect(archiveVenture(actor(role), ventureId, "test")).rejects.toMatchObject(refused);
    await expect(restoreVenture(actor(role), ventureId)).rejects.toMatchObject(refused);
  });
});

test("a venture is given to one of the holding, by the version that was read", async () => {
  const ventureId = await venture();
  const person = (role: Role) =>
    db.user.create({ data: { email: `${role}-${ventureId}@lumen.example`, name: role, role } });
  const [analyst, admin] = [await person("analyst"), await person("admin")];
  const give = (version: number, ownerId: string | null) => nameOwner(chairman, { ventureId, version, ownerId });
  expect(await give(1, analyst.id)).toEqual({ ok: true, value: { version: 2 } });
  expect(await getVenture(chairman, ventureId)).toMatchObject({ ownerId: analyst.id });
  expect(await lastEvent(ventureId)).toMatchObject({ type: "venture.owner-named", payload: { to: analyst.id } });
  expect(await give(2, admin.id)).toMatchObject({ refusal: "NOT_AN_OWNER" });
  await expect(give(1, null)).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await give(2, null)).toEqual({ ok: true, value: { version: 3 } });
  await expect(nameOwner(actor("analyst"), { ventureId, version: 3, ownerId: null })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});

describe("archiveVenture", () => {
  test("takes it from every list until it is brought back", async () => {
    const ventureId = await venture();
    const { slug } = await getVenture(chairman, ventureId);
    expect(await archiveVenture(chairman, ventureId, "added twice")).toMatchObject({ ok: true });
    expect(await lastEvent(ventureId)).toMatchObject({ type: "venture.archived", payload: { reason: "added twice" } });
    expect((await listVentures(chairman)).map(({ id }) => id)).not.toContain(ventureId);
    expect(await findVentureFor(chairman, slug)).toBeNull();
    expect((await listArchivedVentures(chairman)).map(({ id }) => id)).toContain(ventureId);
    expect(await listArchivedVentures(actor("chairman", []))).toEqual([]);
    expect(await archiveVenture(chairman, ventureId, "again")).toMatchObject({ refusal: "ALREADY_ARCHIVED" });

    expect(await restoreVenture(chairman, ventureId)).toEqual({ ok: true, value: { ventureId, slug } });
    expect(await findVentureFor(chairman, slug)).toEqual({ id: ventureId, name: "Lumen" });
    expect(await restoreVenture(chairman, ventureId)).toMatchObject({ refusal: "NOT_ARCHIVED" });
  });

  test("waits for memos and for agents at work", async () => {
    const ventureId = await venture();
    const at = new Date("2026-11-01T00:00:00Z");
    const run = await db.agentRun.create({
      data: { agent: "growth", ventureId, task: "t", input: {}, status: "running", model: "m", startedBy: "user:x" },
    });
    expect(await archiveVenture(chairman, ventureId, "test")).toMatchObject({ refusal: "AGENT_AT_WORK" });
    await db.agentRun.update({ where: { id: run.id }, data: { status: "succeeded" } });
    const proposal = await db.proposal.create({
      data: {
        ...{ ventureId, agent: "growth", actionClass: "growth.fund", action: {}, reversible: true, rationale: "" },
        ...{ policy: {}, dedupeKey: `archive-${ventureId}`, createdAt: at },
      },
    });
    const memo = await db.memo.create({
      data: {
        ...{ ventureId, proposalId: proposal.id, status: "deferred", version: 1, title: "t", content: {} },
        ...{ proposedBy: "agent:growth", reversible: true, expiresAt: at, createdAt: at, updatedAt: at },
      },
    });
    expect(await archiveVenture(chairman, ventureId, "test")).toMatchObject({ refusal: "OPEN_MEMOS" });
    await db.memo.update({ where: { id: memo.id }, data: { status: "rejected" } });
    expect(await archiveVenture(chairman, ventureId, "test")).toMatchObject({ ok: true });
  });
});
