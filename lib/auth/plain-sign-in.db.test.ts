import { beforeEach, describe, expect, it } from "vitest";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { sessionCookieName } from "./cookies";
import { createUser } from "./mutations";
import { plainSignIn } from "./plain-sign-in";
import { sessionIdOfToken } from "./session";
import { actorOfSession } from "./sessions";

const site = () => new URL(env().NEXTAUTH_URL ?? "http://127.0.0.1:3000").origin;
const PASSWORD = "a long enough one";
let email = "";
let counter = 0;

beforeEach(async () => {
  counter += 1;
  email = `plain${counter}@holding.example`;
  const made = await createUser(
    { email, name: "Plain", role: "analyst", password: PASSWORD },
    { ref: "system:seed" },
    clock.now(),
  );
  if (!made.ok) throw new Error(made.refusal);
});

function post(fields: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(fields);
  const own = { origin: site(), "x-forwarded-for": `192.0.2.${counter}` };
  return plainSignIn(new Request(`${site()}/sign-in/plain`, { method: "POST", body, headers: { ...own, ...headers } }));
}
const target = (response: Response) => new URL(response.headers.get("location") ?? "", site());

describe("the sign-in form without scripts", () => {
  it("starts a session, in a cookie that no script reads, and leads back to the page that asked", async () => {
    const response = await post({ email, password: PASSWORD, callbackUrl: "/inbox?x=1" });
    expect(response.status).toBe(303);
    expect(target(response).href).toBe(`${site()}/inbox?x=1`);
    const cookie = response.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax/);
    const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split("=");
    expect(name).toBe(sessionCookieName(env().NEXTAUTH_URL));
    const sessionId = await sessionIdOfToken(value);
    expect(await actorOfSession(sessionId ?? "", clock.now())).toMatchObject({ name: "Plain", role: "analyst" });
  });

  it.each(["https://evil.example/", "//evil.example", "/sign-in", "javascript:alert(1)"])(
    "leads to the desk and not to %s",
    async (callbackUrl) => {
      expect(target(await post({ email, password: PASSWORD, callbackUrl })).href).toBe(`${site()}/`);
    },
  );

  it("says why not, keeps the way back, and puts nothing typed into the address", async () => {
    const response = await post({ email, password: "wrong password", callbackUrl: "/inbox" });
    expect(response.headers.get("set-cookie")).toBeNull();
    expect(target(response).pathname).toBe("/sign-in");
    expect(Object.fromEntries(target(response).searchParams)).toEqual({
      error: "WRONG_CREDENTIALS",
      callbackUrl: "/inbox",
    });
  });

  it("refuses a form of another site, and a body without end", async () => {
    const started = await db.session.count();
    const foreign = await post({ email, password: PASSWORD }, { origin: "https://evil.example" });
    expect(target(foreign).searchParams.get("error")).toBe("FORBIDDEN");
    const cross = await post({ email, password: PASSWORD }, { "sec-fetch-site": "cross-site" });
    expect(target(cross).searchParams.get("error")).toBe("FORBIDDEN");
    const long = await post({ email, password: PASSWORD, code: "1".repeat(20_000) });
    expect(target(long).searchParams.get("error")).toBe("INVALID_INPUT");
    expect(await db.session.count()).toBe(started);
  });

  it("counts towards the limit of every attempt", async () => {
    let last = "";
    for (let attempt = 0; attempt < 25 && last !== "RATE_LIMITED"; attempt++) {
      last = target(await post({ email, password: "wrong password" })).searchParams.get("error") ?? "";
    }
    expect(last).toBe("RATE_LIMITED");
  });
});
