import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { mintActor } from "./actor";
import { type Endpoint, endpointOf } from "./endpoints";
import { mintGuest } from "./guest";
import { withGuest } from "./guest-session";
import { mintHolder, withHolder } from "./holder-session";
import { isPermitted, PERMISSIONS, ROLES, type Role } from "./permissions";
import { withActor } from "./session";

/** Endpoints that cannot be made by defineAction or defineRoute, and why. Nothing else may be. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "app/api/auth/[...nextauth]/route.ts": "next-auth's own: signing in is what one does without a session",
  "app/sign-in/plain/route.ts":
    "the sign-in form without scripts; lib/auth/plain-sign-in asks the origin and the limits",
  "app/api/mcp/route.ts": "MCP clients carry an access token instead of a session; lib/auth/access-token checks it",
  "app/api/certificates/public-key/route.ts": "whoever checks a certificate needs it; a public key is no secret",
  "app/api/stage/trigger/route.ts":
    "stage 39 has no session; an access token with stage:trigger or the shared secret's signature opens it",
  "app/api/governance/answers/route.ts":
    "the governance system has no account: the body's signature takes the place of a session",
  "app/api/governance/schemas/[name]/route.ts":
    "published contracts of documents, for whoever writes one; nothing of the data",
  "app/api/health/route.ts": "the launcher asks it before anybody could sign in; it tells nothing about the data",
};

const ROOT = path.join(import.meta.dirname, "../..");
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const sources = globSync("{app,components,lib}/**/*.{ts,tsx}", { cwd: ROOT }).filter(
  (file) => !file.includes("lib/generated/") && !/\.test\.tsx?$/.test(file),
);
const read = (file: string) => readFileSync(path.join(ROOT, file), "utf8");
const isDirective = (line: string) => /^\s*["']use server["'];?\s*$/.test(line);

const actionFiles = sources.filter((file) => isDirective(read(file).split("\n")[0] ?? ""));
const routeFiles = sources.filter((file) => /(^|\/)route\.tsx?$/.test(file) && file.startsWith("app/"));

type Found = { name: string; file: string; method: string | null; handler: (...args: never[]) => unknown };

async function exportsOf(file: string, wanted: (name: string) => boolean): Promise<Found[]> {
  const module: Record<string, unknown> = await import(path.join(ROOT, file));
  return Object.entries(module)
    .filter(([name]) => wanted(name))
    .map(([name, handler]) => ({
      name: `${file} ${name}`,
      file,
      method: METHODS.includes(name) ? name : null,
      handler: handler as Found["handler"],
    }));
}

let found: Found[] = [];
beforeAll(async () => {
  const actions = await Promise.all(actionFiles.map((file) => exportsOf(file, () => true)));
  const routes = await Promise.all(
    routeFiles
      .filter((file) => !(file in EXCEPTIONS))
      .map((file) => exportsOf(file, (name) => METHODS.includes(name) || name === "default")),
  );
  found = [...actions, ...routes].flat();
}, 60_000);

const actorWith = (role: Role) =>
  mintActor({
    ...{ id: "01900000-0000-7000-8000-0000000000aa", ref: "user:test", name: "Test", role },
    ...{ ventures: role === "guest" ? [] : ("all" as const), sessionId: null, steppedUpAt: null },
  });

/** No schema takes a symbol, so a permitted call stops at its input and changes nothing. */
const INVALID = Symbol("not an input");
const DENIALS = ["UNAUTHENTICATED", "FORBIDDEN"];

async function callAction(handler: Found["handler"]): Promise<string> {
  const outcome = (await handler(INVALID as never)) as { ok: boolean; refusal?: string };
  return outcome.ok ? "OK" : (outcome.refusal ?? "");
}

async function callRoute(handler: Found["handler"], method: string): Promise<string> {
  const body = ["GET", "HEAD", "OPTIONS"].includes(method) ? {} : { body: "\u0000not a body" };
  const request = new Request("http://127.0.0.1/api/test?%00=invalid", { method, ...body });
  const context = { params: Promise.resolve({}) };
  const response = (await handler(request as never, context as never)) as Response;
  if (response.status === 401) return "UNAUTHENTICATED";
  const text = response.status === 403 ? await response.text() : "";
  if (response.status !== 403) await response.body?.cancel();
  return text.includes('"FORBIDDEN"') ? "FORBIDDEN" : String(response.status);
}

/** Pages that people without a session are meant to reach. */
const OPEN_PAGES = /^app\/sign-in\//;

/** What a caller in this role is told; a redirect or a 404 thrown for Next means they were let in. */
async function knock({ handler, method }: Found, role: Role | null): Promise<string> {
  const actor = role ? actorWith(role) : null;
  const call = () => (method ? callRoute(handler, method) : callAction(handler));
  try {
    return await withHolder(null, () => withGuest(null, () => withActor(actor, call)));
  } catch {
    return "THROWN";
  }
}

/** People of the holding are nobody at a guest's endpoint, whatever their role; at the door anybody may knock. */
const expected = (endpoint: Endpoint, role: Role | null): string | null => {
  if ("guest" in endpoint) return endpoint.guest === "door" ? null : "UNAUTHENTICATED";
  if (!role) return "UNAUTHENTICATED";
  return isPermitted(role, endpoint.permission) ? null : "FORBIDDEN";
};

describe("the list of endpoints", () => {
  it("is not empty, and names each exception's file", () => {
    expect(actionFiles.length).toBeGreaterThan(0);
    expect(found.length).toBeGreaterThan(0);
    expect(Object.values(EXCEPTIONS).every((reason) => reason.length > 20)).toBe(true);
  });

  it("has no action outside a file of actions, where nobody would look", () => {
    const hidden = sources.filter((file) => read(file).split("\n").slice(1).some(isDirective));
    expect(hidden).toEqual([]);
  });

  it("holds only what defineAction and defineRoute made, with a permission of the table", () => {
    const unguarded = found.filter(({ handler }) => {
      const endpoint = endpointOf(handler);
      return !endpoint || ("permission" in endpoint && !PERMISSIONS.includes(endpoint.permission));
    });
    expect(unguarded.map(({ name }) => name)).toEqual([]);
  });

  it("has actions where actions belong and routes where routes belong", () => {
    const misplaced = found.filter(
      ({ handler, method }) => endpointOf(handler)?.kind !== (method ? "route" : "action"),
    );
    expect(misplaced.map(({ name }) => name)).toEqual([]);
  });
});

it("every page asks who reads it", () => {
  const pages = sources.filter((file) => /^app\/.*\/page\.tsx$|^app\/page\.tsx$/.test(file) && !OPEN_PAGES.test(file));
  expect(pages.length).toBeGreaterThan(0);
  const asks = /\b(requireActor\(\)|requirePermission\(")/;
  // A guest's page asks for the session of its link.
  const asksGuest = /\bfind(Guest|Holder)\(/;
  const silent = pages.filter((file) => !(file.startsWith("app/room/") ? asksGuest : asks).test(read(file)));
  expect(silent).toEqual([]);
});

describe.each([...ROLES, null])("every endpoint, called as %s", (role) => {
  it("answers what the permission table says", async () => {
    const wrong: string[] = [];
    for (const endpoint of found) {
      const made = endpointOf(endpoint.handler);
      if (!made) continue;
      const told = await knock(endpoint, role);
      const denial = expected(made, role);
      const right = denial ? told === denial : !DENIALS.includes(told);
      if (!right)
        wrong.push(
          `${endpoint.name} (${"permission" in made ? made.permission : made.guest}): ${told}, not ${denial ?? "let in"}`,
        );
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});

describe("every endpoint, called by a guest of a data room", () => {
  const guest = mintGuest({
    ...{ id: "01900000-0000-7000-8000-0000000000bb", ref: "guest:test", email: "guest@buyer.example", sessionId: "x" },
    ...{ groupId: "x", roomId: "x", ventureId: "x", linkHash: "x", agreed: true },
    terms: { emails: ["guest@buyer.example"], grants: [], expiresOn: "2999-12-31" },
  });
  it("lets them into their own room's and no other", async () => {
    const wrong: string[] = [];
    for (const { name, handler, method } of found) {
      const made = endpointOf(handler);
      if (!made) continue;
      const call = () => (method ? callRoute(handler, method) : callAction(handler));
      const told = await withHolder(null, () => withGuest(guest, () => withActor(null, call))).catch(() => "THROWN");
      const theirs = "guest" in made && made.guest !== "holder";
      const right = theirs ? !DENIALS.includes(told) : told === "UNAUTHENTICATED";
      if (!right) wrong.push(`${name}: ${told}`);
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it("finds guests' endpoints at all", () => {
    const theirs = found.filter(({ handler }) => "guest" in (endpointOf(handler) ?? {}));
    expect(theirs.length).toBeGreaterThan(5);
  });
});

describe("every endpoint, called by a holder who was shown a statement", () => {
  const holder = mintHolder({
    ...{ accessId: "01900000-0000-7000-8000-0000000000cc", email: "holder@example.com", sessionId: "x" },
    ...{ ventureId: "x", holderId: "x", name: "Holder", linkHash: "x", until: "2999-12-31" },
  });
  it("lets them to their own statements, to the doors, and nowhere else", async () => {
    const wrong: string[] = [];
    let theirs = 0;
    for (const { name, handler, method } of found) {
      const made = endpointOf(handler);
      if (!made) continue;
      const call = () => (method ? callRoute(handler, method) : callAction(handler));
      const told = await withHolder(holder, () => withGuest(null, () => withActor(null, call))).catch(() => "THROWN");
      const own = "guest" in made && made.guest !== "session";
      if (own && made.guest === "holder") theirs += 1;
      const right = own ? !DENIALS.includes(told) : told === "UNAUTHENTICATED";
      if (!right) wrong.push(`${name}: ${told}`);
    }
    expect([wrong, theirs > 1]).toEqual([[], true]);
  }, 120_000);
});

it("the test itself notices an endpoint that forgets its permission", async () => {
  expect(endpointOf(async () => ({ ok: true }))).toBeNull();
  const forgetful: Found = {
    name: "forgetful",
    file: "",
    method: null,
    handler: async () => ({ ok: true, value: null }),
  };
  expect(await knock(forgetful, null)).toBe("OK");
});
