import { beforeAll, describe, expect, it } from "vitest";
import { type Actor, mintActor } from "@/lib/auth/actor";
import { createUser } from "@/lib/auth/mutations";
import { db } from "@/lib/db";
import { recordEvent } from "./mutations";
import { type EventFilters, listEvents } from "./queries";
import { HOLDING_CHAIN } from "./rules";

const ONE = "01900000-0000-7000-8000-000000000001";
const TWO = "01900000-0000-7000-8000-000000000002";
const at = new Date("2026-11-22T18:00:00Z");
const hour = (n: number) => new Date(at.getTime() + n * 3_600_000);
let lee = "";

const reader = (role: Actor["role"], ventures: Actor["ventures"]): Actor =>
  mintActor({
    ...{ id: "r", ref: "user:r", name: "Reader", role, ventures },
    ...{ sessionId: null, steppedUpAt: null },
  });
const analyst = reader("analyst", "all");

const subjects = async (actor: Actor, filters: EventFilters = {}) =>
  (await listEvents(actor, filters, null)).events.filter((e) => e.type !== "user.created").map((e) => e.subject);

beforeAll(async () => {
  const person = { email: "lee@holding.example", name: "Lee", role: "analyst" as const };
  const created = await createUser(person, { ref: "system:test" }, at);
  if (!created.ok) throw new Error(created.refusal);
  lee = `user:${created.value.id}`;
  const about = {
    sector: "Software",
    businessModel: "saas",
    currency: "EUR",
    country: "DE",
    timeZone: "Europe/Berlin",
  };
  await db.venture.create({ data: { id: ONE, slug: "one", name: "One", stage: "active", ...about } });
  const events = [
    [ONE, "memo.approved", lee, "memo:1", 0],
    [ONE, "memorial.built", "agent:growth", "memorial:1", 1],
    [TWO, "memo.rejected", "agent:growth", "memo:2", 2],
    [null, "policy.changed", lee, "policy:1", 3],
  ] as const;
  for (const [ventureId, type, actor, subject, n] of events) {
    const event = { ventureId, type, actor, subject, payload: { n }, at: hour(n) };
    await db.$transaction((tx) => recordEvent(tx, event));
  }
});

describe("the list of events", () => {
  it("is newest first, with people by name and agents by reference", async () => {
    const { events } = await listEvents(analyst, {}, null);
    expect(events.slice(0, 3)).toMatchObject([
      { subject: "policy:1", actorName: "Lee", chain: HOLDING_CHAIN },
      { subject: "memo:2", actorName: "agent:growth", payload: { n: 2 }, venture: null },
      { subject: "memorial:1", venture: { slug: "one", name: "One" } },
    ]);
  });

  it.each([
    ["a chain", { chain: ONE }, ["memorial:1", "memo:1"]],
    ["a kind, not a kind that begins alike", { type: "memo" }, ["memo:2", "memo:1"]],
    ["a type", { type: "memo.approved" }, ["memo:1"]],
    ["a subject", { subject: "memo:2" }, ["memo:2"]],
    ["an actor", { actor: "agent:growth" }, ["memo:2", "memorial:1"]],
    ["from, inclusive, until, exclusive", { from: hour(1), until: hour(3) }, ["memo:2", "memorial:1"]],
  ] as const)("is filtered by %s", async (_name, filters, expected) => {
    expect(await subjects(analyst, filters)).toEqual(expected);
  });

  it("goes on after a cursor, to the end", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listEvents(analyst, {}, cursor, 2);
      seen.push(...page.events.map((event) => event.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });

  it.each([
    ["a reader of one venture sees that one", reader("analyst", [ONE]), {}, ["memorial:1", "memo:1"]],
    ["and nothing by asking for another", reader("analyst", [ONE]), { chain: TWO }, []],
    ["nor the holding's", reader("analyst", [ONE]), { chain: HOLDING_CHAIN }, []],
    ["an administrator sees the holding's", reader("admin", []), {}, ["policy:1"]],
    ["and no venture's", reader("admin", []), { chain: ONE }, []],
  ] as const)("%s", async (_name, actor, filters, expected) => {
    expect(await subjects(actor, filters)).toEqual(expected);
  });
});
