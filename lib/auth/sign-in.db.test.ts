import { beforeEach, describe, expect, it, vi } from "vitest";
import { db } from "@/lib/db";
import { beginSecondFactor, changePassword, confirmSecondFactor } from "./account";
import { createUser } from "./mutations";
import { accountLimit, addressLimit, forgive, sweepRateLimits, takeAttempt } from "./rate-limit";
import { SESSION_IDLE_MS, SESSION_LIFETIME_MS } from "./rules";
import { actorOfSession, endOwnSession, startSession } from "./sessions";
import { signInWithPassword } from "./sign-in";
import { codeAt } from "./test-support/authenticator";

// The real function, counted: that the same work is done is told by the calls, not by a clock.
const verifications: string[] = [];
vi.mock("@node-rs/argon2", async (original) => {
  const real = await original<typeof import("@node-rs/argon2")>();
  const verify: typeof real.verify = (hash, ...rest) => {
    verifications.push(String(hash).split("$").slice(0, 4).join("$"));
    return real.verify(hash, ...rest);
  };
  return { ...real, verify };
});

const now = new Date("2026-11-22T18:15:00Z");
const client = { address: "192.0.2.1", userAgent: "Firefox/140.0 Linux" };
const password = "correct horse battery";
let email = "";
let userId = "";
let counter = 0;

const later = (ms: number) => new Date(now.getTime() + ms);
const signIn = (fields: object, from = client, at = now) =>
  signInWithPassword({ email, password, ...fields }, from, at);
const refused = (refusal: string) => ({ ok: false, refusal });

async function actor() {
  const started = await startSession({
    userId,
    method: "oidc",
    client,
    steppedUpAt: null,
    passwordChangedAt: null,
    now,
  });
  const found = started ? await actorOfSession(started, now) : null;
  if (!found) throw new Error("no session");
  return found;
}

async function enrol(): Promise<string> {
  const person = await actor();
  const begun = await beginSecondFactor(person, now);
  if (!begun.ok) throw new Error(begun.refusal);
  const confirmed = await confirmSecondFactor(person, codeAt(begun.value.secret, now), now);
  expect(confirmed).toEqual({ ok: true, value: null });
  return begun.value.secret;
}

beforeEach(async () => {
  counter += 1;
  email = `person${counter}@holding.example`;
  const created = await createUser({ email, name: "Lee", role: "analyst", password }, { ref: "system:test" }, now);
  if (!created.ok) throw new Error(created.refusal);
  userId = created.value.id;
  await db.rateLimit.deleteMany();
  verifications.length = 0;
});

describe("the answer to a wrong sign-in", () => {
  it("is the same, for the same work, whether the account is unknown, disabled, without password, or the password wrong", async () => {
    await createUser({ email: `no-password${counter}@holding.example`, name: "N", role: "guest" }, { ref: "t" }, now);
    const answers = [
      await signIn({ password: "wrong password" }),
      await signIn({ email: "nobody@holding.example" }),
      await signIn({ email: `no-password${counter}@holding.example` }),
    ];
    await db.user.update({ where: { id: userId }, data: { disabledAt: now } });
    answers.push(await signIn({}));
    for (const answer of answers) expect(answer).toEqual(refused("WRONG_CREDENTIALS"));
    expect(verifications).toEqual(Array(4).fill("$argon2id$v=19$m=19456,t=2,p=1"));
  });

  it("does not depend on the case of the e-mail, or the Unicode form of the password", async () => {
    expect(await signIn({ email: ` ${email.toUpperCase()}` })).toMatchObject({ ok: true });
    const accented = { email: "accent@holding.example", name: "A", role: "analyst" as const };
    await createUser({ ...accented, password: "caf\u00e9 au lait 12" }, { ref: "system:test" }, now);
    expect(await signIn({ email: accented.email, password: "cafe\u0301 au lait 12" })).toMatchObject({ ok: true });
  });

  it("is what a demo account gets outside a demo start", async () => {
    await db.user.update({ where: { id: userId }, data: { demo: true } });
    expect(await signIn({})).toEqual(refused("WRONG_CREDENTIALS"));
  });

  it.each([[{ email: "no address" }], [{ password: "" }], [{ password: 5 }], [{ code: "12" }]])(
    "%j is a wrong sign-in like others",
    async (fields) => {
      expect(await signIn(fields)).toEqual(refused("WRONG_CREDENTIALS"));
    },
  );
});

describe("the limit", () => {
  const wrong = { password: "wrong password" };

  it("lets exactly ten of forty parallel attempts at an account through, from whatever address", async () => {
    const attempts = Array.from({ length: 40 }, (_, n) => signIn(wrong, { ...client, address: `198.51.100.${n}` }));
    const answers = await Promise.all(attempts);
    expect(answers.filter((answer) => !answer.ok && answer.refusal === "WRONG_CREDENTIALS")).toHaveLength(10);
    expect(answers.filter((answer) => !answer.ok && answer.refusal === "RATE_LIMITED")).toHaveLength(30);
    expect(verifications).toHaveLength(10);
    expect(await signIn({})).toEqual(refused("RATE_LIMITED"));
    expect(await signIn({}, client, later(15 * 60_000))).toMatchObject({ ok: true });
  });

  it("holds for unknown accounts too", async () => {
    const unknown = { email: "nobody@holding.example" };
    for (let n = 0; n < 10; n += 1) await takeAttempt([accountLimit(unknown.email)], now);
    expect(await signIn(unknown)).toEqual(refused("RATE_LIMITED"));
  });

  it("holds for one address over many accounts", async () => {
    const limit = addressLimit(client.address);
    await Promise.all(Array.from({ length: 50 }, () => takeAttempt([limit], now)));
    expect(await signIn({})).toEqual(refused("RATE_LIMITED"));
    expect(await signIn({}, { ...client, address: "203.0.113.5" })).toMatchObject({ ok: true });
  });

  it("is used up by failures only", async () => {
    for (let n = 0; n < 3; n += 1) await signIn(wrong);
    expect(await signIn({})).toMatchObject({ ok: true });
    expect(await db.rateLimit.findUnique({ where: { key: `account:${email}` } })).toBeNull();
    expect(await db.rateLimit.findUnique({ where: { key: "address:192.0.2.1" } })).toMatchObject({ attempts: 3 });
  });

  it("is swept when its window is long over", async () => {
    await takeAttempt([accountLimit("old@holding.example")], now);
    expect(await sweepRateLimits(later(25 * 3_600_000))).toBe(1);
    await forgive(accountLimit("never@holding.example"), addressLimit("never"));
    expect(await db.rateLimit.count()).toBe(0);
  });
});

describe("a session", () => {
  async function started(): Promise<string> {
    const outcome = await signIn({});
    if (!outcome.ok) throw new Error(outcome.refusal);
    return outcome.value.sessionId;
  }

  it("ends by signing out, by idleness, and after a week whatever happens", async () => {
    const out = await started();
    await endOwnSession(out, now);
    await endOwnSession(out, now);
    expect(await actorOfSession(out, now)).toBeNull();
    expect(await db.event.count({ where: { subject: `session:${out}`, type: "session.ended" } })).toBe(1);

    const idle = await started();
    expect(await actorOfSession(idle, later(SESSION_IDLE_MS))).toBeNull();

    const used = await started();
    for (let at = 0; at < SESSION_LIFETIME_MS; at += SESSION_IDLE_MS / 2)
      expect(await actorOfSession(used, later(at))).not.toBeNull();
    expect(await actorOfSession(used, later(SESSION_LIFETIME_MS))).toBeNull();
  });

  it("is not started when the password was changed while it was checked", async () => {
    const passwordChangedAt = new Date(now.getTime() - 1);
    const input = { userId, method: "password" as const, client, steppedUpAt: null, passwordChangedAt, now };
    expect(await startSession(input)).toBeNull();
  });

  it("goes on when its person changes the password, and the others end", async () => {
    const [own, other] = [await started(), await started()];
    const me = await actorOfSession(own, now);
    if (!me) throw new Error("no actor");
    expect(await changePassword(me, { current: "wrong password", next: "another good one" }, now)).toEqual(
      refused("WRONG_PASSWORD"),
    );
    expect(await changePassword(me, { current: password, next: email }, now)).toEqual(refused("IS_EMAIL"));
    const changed = await changePassword(me, { current: password, next: "another good one" }, now);
    expect(changed).toEqual({ ok: true, value: { endedSessions: 1 } });
    expect(await actorOfSession(own, now)).not.toBeNull();
    expect(await actorOfSession(other, now)).toBeNull();
    expect(await signIn({})).toEqual(refused("WRONG_CREDENTIALS"));
    expect(await signIn({ password: "another good one" })).toMatchObject({ ok: true });
  });

  it("sees all ventures, only the granted ones where there are grants, and none as a guest or administrator without", async () => {
    const venture = await db.venture.create({
      data: {
        ...{ slug: `v${counter}`, name: "V", sector: "software", businessModel: "saas" },
        ...{ currency: "EUR", country: "FI", timeZone: "Europe/Helsinki" },
      },
    });
    expect(await actorOfSession(await started(), now)).toMatchObject({ ventures: "all" });
    await db.ventureGrant.create({ data: { userId, ventureId: venture.id } });
    expect(await actorOfSession(await started(), now)).toMatchObject({ ventures: [venture.id] });
    await db.ventureGrant.deleteMany();
    for (const role of ["guest", "admin"] as const) {
      await db.user.update({ where: { id: userId }, data: { role } });
      expect(await actorOfSession(await started(), now)).toMatchObject({ role, ventures: [] });
    }
  });

  it("is nobody's for an id that is none", async () => {
    expect(await actorOfSession("01900000-0000-7000-8000-00000000dead", now)).toBeNull();
  });
});

describe("the second factor", () => {
  const step = 30_000;

  it("is asked after the password, and each code counts once, even sent twice at once", async () => {
    const secret = await enrol();
    const at = later(2 * step);
    expect(await signIn({}, client, at)).toEqual(refused("SECOND_FACTOR_NEEDED"));
    expect(await signIn({ code: "000000" }, client, at)).toEqual(refused("SECOND_FACTOR_WRONG"));
    const code = codeAt(secret, at);
    const twice = await Promise.all([signIn({ code }, client, at), signIn({ code }, client, at)]);
    expect(twice.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(await signIn({ code }, client, later(2 * step + 1))).toEqual(refused("SECOND_FACTOR_WRONG"));
  });

  it("does not take the code that enrolled it again", async () => {
    const secret = await enrol();
    expect(await signIn({ code: codeAt(secret, now) })).toEqual(refused("SECOND_FACTOR_WRONG"));
  });

  it("says nothing about itself to who lacks the password", async () => {
    await enrol();
    expect(await signIn({ password: "wrong password" })).toEqual(refused("WRONG_CREDENTIALS"));
  });

  it("is stored encrypted, and opens for its owner only", async () => {
    const secret = await enrol();
    const { totpSecret } = await db.user.findUniqueOrThrow({ where: { id: userId } });
    expect(totpSecret).not.toContain(secret);
    const { decryptSecret } = await import("./secrets");
    expect(decryptSecret("second-factor", userId, totpSecret ?? "")).toBe(secret);
    expect(() => decryptSecret("second-factor", "someone else", totpSecret ?? "")).toThrow("INTERNAL");
  });

  it("makes the sign-in a proof of presence", async () => {
    const secret = await enrol();
    const at = later(2 * step);
    const outcome = await signIn({ code: codeAt(secret, at) }, client, at);
    if (!outcome.ok) throw new Error(outcome.refusal);
    expect(await actorOfSession(outcome.value.sessionId, at)).toMatchObject({ steppedUpAt: at });
  });
});
