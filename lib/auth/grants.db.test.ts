import { beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { type Actor, mintActor } from "./actor";
import { listGrantableVentures, listGrants, setVentureGrants } from "./grants";
import { createUser } from "./mutations";
import type { Role } from "./permissions";
import { actorOfSession, startSession } from "./sessions";

const now = new Date("2026-11-22T18:15:00Z");
let counter = 0;

async function person(role: Role): Promise<Actor> {
  counter += 1;
  const name = `Person ${counter}`;
  const created = await createUser({ email: `g${counter}@holding.example`, name, role }, { ref: "system:seed" }, now);
  if (!created.ok) throw new Error(created.refusal);
  const { id } = created.value;
  return mintActor({ id, ref: `user:${id}`, name, role, ventures: "all", sessionId: null, steppedUpAt: null });
}

async function venture(name: string): Promise<string> {
  counter += 1;
  const place = { currency: "EUR", country: "FI", timeZone: "Europe/Helsinki" };
  const data = { slug: `granted-${counter}`, name, sector: "software", businessModel: "saas", ...place };
  return (await db.venture.create({ data })).id;
}

const seenBy = async (userId: string) => {
  const client = { address: "192.0.2.1", userAgent: "Firefox" };
  const id = await startSession({ userId, method: "oidc", client, steppedUpAt: null, passwordChangedAt: null, now });
  return (await actorOfSession(id ?? "", now))?.ventures;
};

let chairman: Actor;
let admin: Actor;
beforeEach(async () => {
  chairman = await person("chairman");
  admin = await person("admin");
});

describe("grants", () => {
  it("limit a reader, are changed and are taken away again, each once in the record", async () => {
    const analyst = await person("analyst");
    const [one, two] = [await venture("One"), await venture("Two")];
    const set = (ventureIds: string[] | null, expected: string[]) =>
      setVentureGrants(admin, { userId: analyst.id, ventureIds, expected }, now);

    expect(await seenBy(analyst.id)).toBe("all");
    expect(await set([one, two, one], [])).toEqual({ ok: true, value: { granted: 2 } });
    expect([...((await seenBy(analyst.id)) ?? [])].sort()).toEqual([one, two].sort());
    expect((await listGrants(admin)).get(analyst.id)).toHaveLength(2);
    expect(await set([two], [two, one])).toMatchObject({ ok: true });
    expect(await seenBy(analyst.id)).toEqual([two]);
    expect(await set([two], [two])).toMatchObject({ ok: true });
    expect(await set(null, [two])).toMatchObject({ ok: true });
    expect(await seenBy(analyst.id)).toBe("all");

    const events = await db.event.findMany({ where: { subject: `user:${analyst.id}` }, orderBy: { seq: "asc" } });
    const granted = events.filter(({ type }) => type === "user.ventures-granted").map(({ payload }) => payload);
    expect(granted).toHaveLength(3);
    expect(granted.at(-1)).toEqual({ from: [two], to: [] });
  });

  it("give a guest what they may reach, and nothing else", async () => {
    const guest = await person("guest");
    const one = await venture("One");
    expect(await seenBy(guest.id)).toEqual([]);
    await setVentureGrants(admin, { userId: guest.id, ventureIds: [one], expected: [] }, now);
    expect(await seenBy(guest.id)).toEqual([one]);
    await setVentureGrants(admin, { userId: guest.id, ventureIds: null, expected: [one] }, now);
    expect(await seenBy(guest.id)).toEqual([]);
  });

  it("are refused without a venture, for an unknown one, for oneself, and for a chairman by an administrator", async () => {
    const analyst = await person("analyst");
    const unknown = "01900000-0000-7000-8000-00000000dead";
    const one = await venture("One");
    const set = (by: Actor, userId: string, ventureIds: string[]) =>
      setVentureGrants(by, { userId, ventureIds, expected: [] }, now);
    expect(await set(admin, analyst.id, [])).toMatchObject({ refusal: "NO_VENTURE_CHOSEN" });
    expect(await set(admin, analyst.id, [one, unknown])).toMatchObject({ refusal: "NOT_FOUND" });
    expect(await set(admin, admin.id, [one])).toMatchObject({ refusal: "OWN_ACCOUNT" });
    expect(await set(admin, chairman.id, [one])).toMatchObject({ refusal: "FORBIDDEN" });
    await expect(set(analyst, chairman.id, [one])).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await db.ventureGrant.count({ where: { userId: { in: [analyst.id, admin.id, chairman.id] } } })).toBe(0);
  });

  it("of two changes that read the same state one wins", async () => {
    const analyst = await person("analyst");
    const wanted = [await venture("One"), await venture("Two")];
    const calls = wanted.map((id) =>
      setVentureGrants(admin, { userId: analyst.id, ventureIds: [id], expected: [] }, now),
    );
    const settled = await Promise.allSettled(calls);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db.ventureGrant.count({ where: { userId: analyst.id } })).toBe(1);
  });

  it("are chosen from names that only who manages people reads", async () => {
    const id = await venture("Zebra");
    expect(await listGrantableVentures(admin)).toContainEqual({ id, name: "Zebra", archived: false });
    const analyst = await person("analyst");
    await expect(listGrantableVentures(analyst)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(listGrants(analyst)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
