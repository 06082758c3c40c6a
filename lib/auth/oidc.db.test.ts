import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "./actor";
import { LoopbackIssuer } from "./test-support/loopback-issuer";
import { LoopbackSite, Visitor } from "./test-support/loopback-site";

const issuer = new LoopbackIssuer();
const site = new LoopbackSite();
const client = { address: "192.0.2.1", userAgent: "Firefox/140.0 Linux" };
const SESSION = "next-auth.session-token";
let counter = 0;
let email = "";

const modules = async () => ({
  ...(await import("@/lib/db")),
  ...(await import("./mutations")),
  ...(await import("./session")),
  ...(await import("./sessions")),
});

beforeAll(async () => {
  await issuer.start();
  await site.start();
  // Before anything reads the settings, which happens once.
  process.env.NEXTAUTH_URL = site.url;
  process.env.OIDC_ISSUER = issuer.url;
  process.env.OIDC_CLIENT_ID = issuer.client.id;
  process.env.OIDC_CLIENT_SECRET = issuer.client.secret;
  process.env.OIDC_ALLOW_DOMAIN = "holding.example, partner.example";
  const { authOptions } = await import("./options");
  site.options = () => authOptions(client);
});

afterAll(async () => {
  await site.stop();
  await issuer.stop();
});

beforeEach(() => {
  counter += 1;
  email = `person${counter}@holding.example`;
  issuer.claims = { sub: `subject-${counter}`, email, email_verified: true, name: "Lee Person" };
  issuer.forged = {};
});

/** Up to the moment at which the provider sends the browser back. */
async function toProvider(visitor: Visitor, callbackUrl = "/inbox"): Promise<string> {
  const csrfToken = await visitor.csrfToken();
  const begun = await visitor.visit("/api/auth/signin/oidc", { csrfToken, callbackUrl });
  expect(begun.location).toMatch(new RegExp(`^${issuer.url}/authorize`));
  const answered = await fetch(begun.location, { redirect: "manual" });
  return answered.headers.get("location") ?? "";
}

async function signIn(visitor = new Visitor(site)): Promise<{ location: string; actor: Actor | null }> {
  const { location } = await visitor.visit(await toProvider(visitor));
  const { sessionIdOfToken, actorOfSession } = await modules();
  const sessionId = await sessionIdOfToken(visitor.jar.get(SESSION));
  return { location, actor: sessionId ? await actorOfSession(sessionId, new Date()) : null };
}

async function account(role: "analyst" | "chairman"): Promise<string> {
  const { createUser } = await modules();
  const created = await createUser({ email, name: "Lee", role }, { ref: "system:test" }, new Date());
  if (!created.ok) throw new Error(created.refusal);
  return created.value.id;
}

describe("the code flow", () => {
  it("is asked for with PKCE, state and nonce, and ends where it began", async () => {
    const id = await account("analyst");
    const { location, actor } = await signIn();
    expect(issuer.asked.get("response_type")).toBe("code");
    expect(issuer.asked.get("code_challenge_method")).toBe("S256");
    for (const name of ["state", "nonce", "code_challenge"]) expect(issuer.asked.get(name)).toMatch(/^[\w-]{20,}$/);
    expect(location).toBe(`${site.url}/inbox`);
    expect(actor).toMatchObject({ id, role: "analyst" });
  });

  it("leaves nothing about the person in the cookie but the session's id", async () => {
    await account("analyst");
    const visitor = new Visitor(site);
    await signIn(visitor);
    const { decode } = await import("next-auth/jwt");
    const token = visitor.jar.get(SESSION);
    const claims = await decode({ token, secret: process.env.NEXTAUTH_SECRET ?? "" });
    expect(Object.keys(claims ?? {}).sort()).toEqual(["exp", "iat", "jti", "sid"]);
  });

  it("leads to no other site", async () => {
    await account("analyst");
    const visitor = new Visitor(site);
    const { location } = await visitor.visit(await toProvider(visitor, "https://evil.example/"));
    expect(location).toBe(`${site.url}/`);
  });

  it.each([
    ["another's nonce", { nonce: "another" }],
    ["another audience", { aud: "another-client" }],
    ["another issuer", { iss: "https://evil.example" }],
    ["an expired token", { exp: 1 }],
  ])("refuses %s", async (_name, forged) => {
    await account("analyst");
    issuer.forged = forged;
    const { location, actor } = await signIn();
    expect(location).toContain("error=OAuthCallback");
    expect(actor).toBeNull();
  });

  it("refuses an answer that this browser did not ask for", async () => {
    await account("analyst");
    const answer = await toProvider(new Visitor(site));
    const other = new Visitor(site);
    await other.csrfToken();
    const { location } = await other.visit(answer);
    expect(location).toContain("error=OAuthCallback");
    expect(other.jar.has(SESSION)).toBe(false);
  });

  it("refuses the same answer twice", async () => {
    await account("analyst");
    const visitor = new Visitor(site);
    const answer = await toProvider(visitor);
    await visitor.visit(answer);
    visitor.jar.delete(SESSION);
    expect((await visitor.visit(answer)).location).toContain("error=OAuthCallback");
    expect(visitor.jar.has(SESSION)).toBe(false);
  });
});

describe("who one becomes", () => {
  it("the account of the e-mail, with its role, whatever the token says about roles", async () => {
    const id = await account("analyst");
    Object.assign(issuer.claims, { role: "chairman", roles: ["chairman"], groups: ["admin", "chairman"] });
    expect((await signIn()).actor).toMatchObject({ id, role: "analyst" });
  });

  it("a guest who sees nothing, the first time", async () => {
    Object.assign(issuer.claims, { role: "chairman" });
    const { actor } = await signIn();
    expect(actor).toMatchObject({ role: "guest", ventures: [], name: "Lee Person" });
  });

  it("the same person when the e-mail changed at the provider", async () => {
    const id = await account("analyst");
    await signIn();
    Object.assign(issuer.claims, { email: "married@holding.example" });
    expect((await signIn()).actor).toMatchObject({ id });
  });

  it("nobody, for somebody new who was given the old e-mail: a subject is linked, not an address", async () => {
    const id = await account("chairman");
    await signIn();
    issuer.claims.sub = "the successor";
    const { location, actor } = await signIn();
    expect(location).toContain("error=OTHER_SUBJECT");
    expect(actor).toBeNull();
    const { db } = await modules();
    expect(await db.identity.findMany({ where: { userId: id } })).toMatchObject([{ subject: `subject-${counter}` }]);
  });

  it.each([
    ["an unverified e-mail", { email_verified: false }, "EMAIL_UNVERIFIED"],
    ["an e-mail nobody speaks of verifying", { email_verified: undefined }, "EMAIL_UNVERIFIED"],
    ["a first-time person of another domain", { email: "lee@elsewhere.example" }, "DOMAIN_NOT_ALLOWED"],
  ])("nobody, for %s", async (_name, claims, refusal) => {
    if (refusal === "EMAIL_UNVERIFIED") await account("chairman");
    Object.assign(issuer.claims, claims);
    const { location, actor } = await signIn();
    expect(location).toContain(`/sign-in?error=${refusal}`);
    expect(actor).toBeNull();
  });

  it("nobody, when the account is disabled, linked or not", async () => {
    const id = await account("analyst");
    await signIn();
    const { db } = await modules();
    await db.user.update({ where: { id }, data: { disabledAt: new Date() } });
    const { location, actor } = await signIn();
    expect(location).toContain("/sign-in?error=DISABLED");
    expect(actor).toBeNull();
  });
});

describe("the password over the same HTTP", () => {
  const password = "correct horse battery";

  async function signInByForm(visitor: Visitor, fields: Record<string, string>) {
    const csrfToken = await visitor.csrfToken();
    return await visitor.visit("/api/auth/callback/password", { csrfToken, json: "true", ...fields });
  }

  it("signs in and out; the row is what ends", async () => {
    const { createUser, sessionIdOfToken, actorOfSession } = await modules();
    await createUser({ email, name: "Lee", role: "analyst", password }, { ref: "system:test" }, new Date());
    const visitor = new Visitor(site);
    const wrong = await signInByForm(visitor, { email, password: "wrong password" });
    expect(wrong.text).toContain("error=WRONG_CREDENTIALS");
    await signInByForm(visitor, { email, password });
    const stolen = visitor.jar.get(SESSION);
    const sessionId = (await sessionIdOfToken(stolen)) ?? "";
    expect(await actorOfSession(sessionId, new Date())).not.toBeNull();
    await visitor.visit("/api/auth/signout", { csrfToken: await visitor.csrfToken() });
    expect(visitor.jar.has(SESSION)).toBe(false);
    expect(await actorOfSession(sessionId, new Date())).toBeNull();
  });

  it("is refused without the token against cross-site requests", async () => {
    const { createUser } = await modules();
    await createUser({ email, name: "Lee", role: "analyst", password }, { ref: "system:test" }, new Date());
    const visitor = new Visitor(site);
    await visitor.visit("/api/auth/callback/password", { email, password, csrfToken: "guessed" });
    expect(visitor.jar.has(SESSION)).toBe(false);
  });

  it("knows no session in a cookie that was forged or sealed with another key", async () => {
    const { sessionIdOfToken } = await modules();
    const { encode } = await import("next-auth/jwt");
    const foreign = await encode({ token: { sid: "01900000-0000-7000-8000-000000000001" }, secret: "another secret" });
    for (const token of [foreign, "not.a.token", "", undefined]) expect(await sessionIdOfToken(token)).toBeNull();
  });
});
