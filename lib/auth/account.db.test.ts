import { beforeEach, describe, expect, it } from "vitest";
import { verifyChains } from "@/lib/audit/queries";
import { db } from "@/lib/db";
import { actorFromAccessToken, createAccessToken, revokeAccessToken } from "./access-token";
import {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  revokeOtherSessions,
  revokeOwnSession,
  stepUp,
} from "./account";
import type { Actor } from "./actor";
import { changeRole, createUser } from "./mutations";
import { listOwnAccessTokens, listOwnSessions } from "./queries";
import { actorOfSession, startSession } from "./sessions";
import { requireStepUp } from "./step-up";
import { codeAt } from "./test-support/authenticator";

const now = new Date("2026-11-22T18:15:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);
const client = { address: "192.0.2.1", userAgent: "Mozilla/5.0 (X11; Linux) Firefox/140.0" };
const password = "correct horse battery";
const bearer = (token: string) => `Bearer ${token}`;
let counter = 0;
let me: Actor;

async function signedIn(userId: string): Promise<Actor> {
  const id = await startSession({ userId, method: "oidc", client, steppedUpAt: null, passwordChangedAt: null, now });
  const actor = id ? await actorOfSession(id, now) : null;
  if (!actor) throw new Error("no session");
  return actor;
}

async function newPerson(role: "analyst" | "admin"): Promise<Actor> {
  counter += 1;
  const person = { email: `person${counter}@holding.example`, name: "Lee", role, password };
  const created = await createUser(person, { ref: "system:test" }, now);
  if (!created.ok) throw new Error(created.refusal);
  return await signedIn(created.value.id);
}

/** The actor as the next request finds it. */
const again = async (at = now) => {
  const found = await actorOfSession(me.sessionId ?? "", at);
  if (!found) throw new Error("the session ended");
  return found;
};

beforeEach(async () => {
  await db.rateLimit.deleteMany();
  me = await newPerson("analyst");
});

describe("stepping up", () => {
  it("by the password, where no second factor is enrolled, for five minutes", async () => {
    expect(() => requireStepUp(me, now)).toThrow("STEP_UP_REQUIRED");
    expect(await stepUp(me, { password: "wrong" }, now)).toEqual({ ok: false, refusal: "WRONG_PASSWORD" });
    expect(await stepUp(me, { password }, now)).toEqual({ ok: true, value: { secondFactor: false } });
    const proven = await again();
    expect(() => requireStepUp(proven, later(5 * 60_000))).not.toThrow();
    expect(() => requireStepUp(proven, later(5 * 60_000 + 1))).toThrow("STEP_UP_REQUIRED");
  });

  it("by a code once one is enrolled; the password is not enough any more, and a code counts once", async () => {
    const begun = await beginSecondFactor(me, now);
    if (!begun.ok) throw new Error(begun.refusal);
    expect(begun.value.uri).toMatch(/^otpauth:\/\/totp\/Chairman:person/);
    expect(await confirmSecondFactor(me, "000000", now)).toEqual({ ok: false, refusal: "WRONG_CODE" });
    await confirmSecondFactor(me, codeAt(begun.value.secret, now), now);
    expect(await beginSecondFactor(me, now)).toEqual({ ok: false, refusal: "ALREADY_ENROLLED" });

    expect(await stepUp(me, { password }, now)).toEqual({ ok: false, refusal: "CODE_NEEDED" });
    const at = later(90_000);
    const code = codeAt(begun.value.secret, at);
    const both = await Promise.all([stepUp(me, { code }, at), stepUp(me, { code }, at)]);
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(await again(at)).toMatchObject({ steppedUpAt: at });
    await removeSecondFactor(me, at);
    expect(await stepUp(me, { password }, at)).toMatchObject({ ok: true });
  });

  it("is refused after five wrong tries, right or not", async () => {
    for (let n = 0; n < 5; n += 1) await stepUp(me, { password: "wrong" }, now);
    await expect(stepUp(me, { password }, now)).rejects.toThrow("RATE_LIMITED");
  });

  it("is of one session, not of the person", async () => {
    const elsewhere = await signedIn(me.id);
    await stepUp(me, { password }, now);
    expect(await actorOfSession(elsewhere.sessionId ?? "", now)).toMatchObject({ steppedUpAt: null });
  });
});

describe("own sessions", () => {
  it("are listed, the present one first, and ended one by one or all but this", async () => {
    const others = [await signedIn(me.id), await signedIn(me.id), await signedIn(me.id)];
    const listed = await listOwnSessions(me, now);
    expect(listed).toHaveLength(4);
    expect(listed[0]).toMatchObject({
      id: me.sessionId,
      current: true,
      device: "Firefox on Linux",
      address: "192.0.2.1",
    });
    const first = others[0]?.sessionId ?? "";
    await revokeOwnSession(me, first, now);
    expect(await actorOfSession(first, now)).toBeNull();
    expect(await revokeOtherSessions(me, now)).toEqual({ endedSessions: 2 });
    expect(await listOwnSessions(me, now)).toHaveLength(1);
  });

  it("of others cannot be ended, and are not there", async () => {
    const stranger = await newPerson("analyst");
    await expect(revokeOwnSession(me, stranger.sessionId ?? "", now)).rejects.toThrow("NOT_FOUND");
    expect(await actorOfSession(stranger.sessionId ?? "", now)).not.toBeNull();
  });
});

describe("an access token", () => {
  const input = { name: "nightly figures", days: 30 };

  it("opens as its person, and only its hash is kept", async () => {
    const { id, token } = await createAccessToken(me, input, now);
    expect(token).toMatch(/^chm_[A-Za-z0-9_-]{43}$/);
    const everything = JSON.stringify([
      await db.accessToken.findMany(),
      (await db.event.findMany()).map((e) => e.payload),
    ]);
    expect(everything).not.toContain(token);
    expect((await db.accessToken.findUniqueOrThrow({ where: { id } })).hash).toMatch(/^[0-9a-f]{64}$/);
    const actor = await actorFromAccessToken(bearer(token), now);
    expect(actor).toMatchObject({ id: me.id, role: "analyst", sessionId: null, steppedUpAt: null });
    expect(await listOwnAccessTokens(me, now)).toMatchObject([
      { name: input.name, lastUsedAt: now, prefix: token.slice(0, 10) },
    ]);
  });

  it.each([
    ["none", () => null],
    ["empty", () => ""],
    ["another scheme", (token: string) => `Basic ${token}`],
    ["a shorter one", (token: string) => bearer(token.slice(0, -1))],
    ["another one", () => bearer(`chm_${"A".repeat(43)}`)],
    ["two", (token: string) => `${bearer(token)}, ${bearer(token)}`],
  ])("does not open with %s", async (_name, header) => {
    const { token } = await createAccessToken(me, input, now);
    expect(await actorFromAccessToken(header(token), now)).toBeNull();
  });

  it("dies by expiry, revocation, and with its account; the role is that of the moment", async () => {
    const { id, token } = await createAccessToken(me, input, now);
    expect(await actorFromAccessToken(bearer(token), later(30 * 24 * 3_600_000))).toBeNull();
    await changeRole(await newPerson("admin"), me.id, "guest", now);
    expect(await actorFromAccessToken(bearer(token), now)).toMatchObject({ role: "guest", ventures: [] });
    await db.user.update({ where: { id: me.id }, data: { disabledAt: now } });
    expect(await actorFromAccessToken(bearer(token), now)).toBeNull();
    await db.user.update({ where: { id: me.id }, data: { disabledAt: null } });
    await expect(revokeAccessToken(await newPerson("analyst"), id, now)).rejects.toThrow("NOT_FOUND");
    await revokeAccessToken(me, id, now);
    expect(await actorFromAccessToken(bearer(token), now)).toBeNull();
  });

  it("cannot step up", async () => {
    const { token } = await createAccessToken(me, input, now);
    const actor = await actorFromAccessToken(bearer(token), now);
    if (!actor) throw new Error("no actor");
    expect(await stepUp(actor, { password }, now)).toEqual({ ok: false, refusal: "NO_SESSION" });
  });
});

it("everything above left an unbroken record", async () => {
  expect((await verifyChains()).firstBreak).toBeNull();
});
