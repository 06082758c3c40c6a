import { beforeEach, describe, expect, it } from "vitest";
import { verifyChains } from "@/lib/audit/queries";
import { db } from "@/lib/db";
import type { Actor } from "./actor";
import { mintActor } from "./actor";
import {
  assertNoDemoSignIns,
  changeRole,
  createUser,
  disablePerson,
  enablePerson,
  hasChairman,
  invitePerson,
  sendNewLink,
} from "./mutations";
import type { Role } from "./permissions";
import { listPeople } from "./queries";
import { actorOfSession, startSession } from "./sessions";
import { signInWithInvitation, signInWithPassword } from "./sign-in";

const now = new Date("2026-11-22T18:15:00Z");
const client = { address: "192.0.2.1", userAgent: "Firefox/140.0 Linux" };
const seed = { ref: "system:seed" };
let counter = 0;

async function person(role: Role, password: string | null = null): Promise<Actor> {
  counter += 1;
  const email = `person${counter}@holding.example`;
  const created = await createUser({ email, name: `Person ${counter}`, role, password }, seed, now);
  if (!created.ok) throw new Error(created.refusal);
  const { id } = created.value;
  return mintActor({ id, ref: `user:${id}`, name: email, role, ventures: "all", sessionId: null, steppedUpAt: null });
}

const session = (userId: string) =>
  startSession({ userId, method: "oidc", client, steppedUpAt: null, passwordChangedAt: null, now });

async function liveSession(userId: string): Promise<string> {
  const id = await session(userId);
  if (!id) throw new Error("no session");
  return id;
}

beforeEach(async () => {
  await db.user.updateMany({ data: { disabledAt: now } });
});

describe("an account", () => {
  it("exists once per e-mail, in whatever case", async () => {
    const one = { name: "Lee", role: "analyst" as const };
    expect(await createUser({ ...one, email: "Lee@Holding.example" }, seed, now)).toMatchObject({ ok: true });
    expect(await createUser({ ...one, email: "lee@holding.example " }, seed, now)).toEqual({
      ok: false,
      refusal: "EMAIL_TAKEN",
    });
  });

  it("is refused a weak password and keeps only an argon2id hash of a good one", async () => {
    const weak = { email: "weak@holding.example", name: "W", role: "analyst" as const, password: "short" };
    expect(await createUser(weak, seed, now)).toEqual({ ok: false, refusal: "TOO_SHORT" });
    const { id } = await person("analyst", "correct horse battery");
    const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id } });
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it("is made together with its event", async () => {
    const { id } = await person("admin");
    expect(await db.event.findFirst({ where: { subject: `user:${id}` } })).toMatchObject({ type: "user.created" });
    expect((await verifyChains()).firstBreak).toBeNull();
  });
});

describe("a changed role", () => {
  it("ends every session at once", async () => {
    const admin = await person("admin");
    const analyst = await person("analyst");
    const sessions = [await liveSession(analyst.id), await liveSession(analyst.id)];
    expect(await actorOfSession(sessions[0] ?? "", now)).toMatchObject({ role: "analyst" });
    expect(await changeRole(admin, analyst.id, "guest", now)).toEqual({ ok: true, value: { endedSessions: 2 } });
    for (const id of sessions) expect(await actorOfSession(id, now)).toBeNull();
    const next = await liveSession(analyst.id);
    expect(await actorOfSession(next, now)).toMatchObject({ role: "guest", ventures: [] });
  });

  it("ends them also when it was changed past us, in the database", async () => {
    const analyst = await person("analyst");
    const id = await liveSession(analyst.id);
    await db.user.update({ where: { id: analyst.id }, data: { role: "chairman" } });
    expect(await actorOfSession(id, now)).toBeNull();
  });

  it("never makes a chairman through an administrator", async () => {
    const admin = await person("admin");
    const analyst = await person("analyst");
    expect(await changeRole(admin, analyst.id, "chairman", now)).toEqual({ ok: false, refusal: "FORBIDDEN" });
    const invited = await invitePerson(admin, { email: "x@holding.example", name: "X", role: "chairman" }, now);
    expect(invited).toEqual({ ok: false, refusal: "FORBIDDEN" });
    const chairman = await person("chairman");
    expect(await sendNewLink(admin, chairman.id, now)).toEqual({ ok: false, refusal: "FORBIDDEN" });
  });

  it("leaves one chairman when two disable each other at once", async () => {
    const [one, two] = [await person("chairman"), await person("chairman")];
    const outcomes = await Promise.all([disablePerson(one, two.id, now), disablePerson(two, one.id, now)]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ refusal: "LAST_CHAIRMAN" });
    expect(await hasChairman()).toBe(true);
  });
});

describe("a disabled account", () => {
  it("is out at once, starts nothing, and comes back without its old sessions", async () => {
    const admin = await person("admin");
    const analyst = await person("analyst");
    const id = await liveSession(analyst.id);
    await disablePerson(admin, analyst.id, now);
    expect(await actorOfSession(id, now)).toBeNull();
    expect(await session(analyst.id)).toBeNull();
    await enablePerson(admin, analyst.id, now);
    expect(await actorOfSession(id, now)).toBeNull();
    expect(await session(analyst.id)).not.toBeNull();
  });
});

describe("an invitation", () => {
  const chosen = "a password of my own";

  async function invited(): Promise<{ userId: string; token: string; admin: Actor }> {
    counter += 1;
    const admin = await person("admin");
    const newcomer = { email: `new${counter}@holding.example`, name: "New", role: "analyst" as const };
    const outcome = await invitePerson(admin, newcomer, now);
    if (!outcome.ok) throw new Error(outcome.refusal);
    return { ...outcome.value, admin };
  }

  it("sets the password, signs in, and works once even when sent twice at once", async () => {
    const { userId, token } = await invited();
    const tries = await Promise.all(
      [1, 2, 3].map(() => signInWithInvitation({ token, password: chosen }, client, now)),
    );
    expect(tries.filter((outcome) => outcome.ok)).toHaveLength(1);
    const { email } = await db.user.findUniqueOrThrow({ where: { id: userId } });
    expect(await signInWithPassword({ email, password: chosen }, client, now)).toMatchObject({ ok: true });
  });

  it("is stored as a hash, dies after three days, and by a newer one", async () => {
    const { userId, token, admin } = await invited();
    const stored = await db.invitation.findFirstOrThrow({ where: { userId } });
    expect(JSON.stringify(stored)).not.toContain(token);
    const late = new Date(now.getTime() + 3 * 24 * 3_600_000);
    expect(await signInWithInvitation({ token, password: chosen }, client, late)).toMatchObject({ ok: false });
    await sendNewLink(admin, userId, now);
    expect(await signInWithInvitation({ token, password: chosen }, client, now)).toEqual({
      ok: false,
      refusal: "INVITATION_INVALID",
    });
  });

  it("is kept for another try when the password is too weak", async () => {
    const { token } = await invited();
    expect(await signInWithInvitation({ token, password: "short" }, client, now)).toMatchObject({
      refusal: "PASSWORD_WEAK",
    });
    expect(await signInWithInvitation({ token, password: chosen }, client, now)).toMatchObject({ ok: true });
  });

  it("ends what was signed in before, when it replaces a forgotten password", async () => {
    const admin = await person("admin");
    const analyst = await person("analyst", "the forgotten one");
    const old = await liveSession(analyst.id);
    const link = await sendNewLink(admin, analyst.id, now);
    if (!link.ok) throw new Error(link.refusal);
    await signInWithInvitation({ token: link.value.token, password: chosen }, client, now);
    expect(await actorOfSession(old, now)).toBeNull();
  });
});

describe("people", () => {
  it("are listed with what may be done to them", async () => {
    const admin = await person("admin");
    const chairman = await person("chairman");
    const analyst = await person("analyst", "correct horse battery");
    await liveSession(analyst.id);
    const people = await listPeople(admin, now);
    const row = (actor: Actor) => people.find((one) => one.id === actor.id);
    expect(row(admin)).toMatchObject({ manageable: false });
    expect(row(chairman)).toMatchObject({ manageable: false, state: "invited" });
    expect(row(analyst)).toMatchObject({ manageable: true, state: "active", sessions: 1 });
  });
});

it("a demo sign-in keeps production from starting until it is disabled", async () => {
  const demo = { email: "demo@demo.chairman.example", name: "Demo", role: "chairman" as const, demo: true };
  await createUser(demo, seed, now);
  await expect(assertNoDemoSignIns()).rejects.toThrow("FORBIDDEN");
  expect(await hasChairman()).toBe(false);
  await db.user.updateMany({ where: { demo: true }, data: { disabledAt: now } });
  await expect(assertNoDemoSignIns()).resolves.toBeUndefined();
});
