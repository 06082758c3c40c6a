import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clientAddress,
  decideIdentity,
  decidePersonChange,
  describeUserAgent,
  isSameOrigin,
  isSessionAlive,
  isSteppedUp,
  passwordProblem,
  SESSION_IDLE_MS,
  STEP_UP_MS,
  safeCallbackPath,
} from "./rules";

const now = new Date("2026-11-22T18:15:00Z");
const ago = (ms: number) => new Date(now.getTime() - ms);
const ORIGIN = "https://chairman.example";

describe("passwords", () => {
  it.each([
    ["eleven chars", "12345678901", "TOO_SHORT"],
    ["twelve characters, no composition rule", "aaaaaaaaaaaa", null],
    ["twelve emoji count as twelve", "🦊".repeat(12), null],
    ["six emoji are six, not twelve", "🦊".repeat(6), "TOO_SHORT"],
    ["the e-mail", "Helena.Long@Holding.example", "IS_EMAIL"],
    ["its local part", "helena.longname", "IS_EMAIL"],
    ["257 characters", "x".repeat(257), "TOO_LONG"],
    ["256 characters", "x".repeat(256), null],
  ])("%s", (_name, password, expected) => {
    const email = password.startsWith("helena") ? "helena.longname@holding.example" : "helena.long@holding.example";
    expect(passwordProblem(password, email)).toBe(expected);
  });
});

describe("a session", () => {
  const fresh = { lastSeenAt: ago(1), expiresAt: new Date(now.getTime() + 1), revokedAt: null };
  it.each([
    ["in use", fresh, true],
    ["revoked", { ...fresh, revokedAt: ago(1) }, false],
    ["at its absolute end", { ...fresh, expiresAt: now }, false],
    ["idle for a day less a moment", { ...fresh, lastSeenAt: ago(SESSION_IDLE_MS - 1) }, true],
    ["idle for a day", { ...fresh, lastSeenAt: ago(SESSION_IDLE_MS) }, false],
  ])("%s", (_name, session, alive) => {
    expect(isSessionAlive(session, now)).toBe(alive);
  });

  it.each([
    ["never", null, false],
    ["just now", now, true],
    ["five minutes ago", ago(STEP_UP_MS), true],
    ["longer ago", ago(STEP_UP_MS + 1), false],
    ["in the future", new Date(now.getTime() + 1), false],
  ])("stepped up %s", (_name, at, expected) => {
    expect(isSteppedUp(at, now)).toBe(expected);
  });
});

describe("where sign-in leads", () => {
  it.each([
    ["/inbox?memo=1#top", "/inbox?memo=1#top"],
    [`${ORIGIN}/ventures`, "/ventures"],
    ["https://evil.example/", "/"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["\\\\evil.example", "/"],
    ["/\t/evil.example", "/"],
    ["/x/..//evil.example", "/"],
    ["javascript:alert(1)", "/"],
    ["https://chairman.example.evil.example/", "/"],
    ["https://chairman.example@evil.example/", "/"],
    ["http://chairman.example/", "/"],
    ["/sign-in?callbackUrl=/", "/"],
    ["/api/auth/signout", "/"],
    ["", "/"],
    [null, "/"],
  ])("%j to %s", (candidate, expected) => {
    expect(safeCallbackPath(candidate, ORIGIN)).toBe(expected);
  });

  it("never leaves the site, whatever is asked", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      "//",
      "https:",
      "@",
      "evil.example",
      "..",
      "%2f",
      "\t",
      ":",
      "?",
      "#",
      "a",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = safeCallbackPath(pieces.join(""), ORIGIN);
        expect(new URL(path, ORIGIN).origin).toBe(ORIGIN);
        expect(path.startsWith("/") && !path.startsWith("//")).toBe(true);
      }),
    );
  });
});

describe("a client's address", () => {
  it.each([
    ["no proxy: what the client writes is not believed", "1.2.3.4", 0, "10.0.0.9"],
    ["no proxy, no header", null, 0, "10.0.0.9"],
    ["one proxy", "198.51.100.7", 1, "198.51.100.7"],
    ["one proxy, and the client wrote an address before", "1.2.3.4, 198.51.100.7", 1, "198.51.100.7"],
    ["two proxies", "1.2.3.4, 198.51.100.7, 10.0.0.8", 2, "198.51.100.7"],
    ["more proxies than hops", "198.51.100.7", 3, "198.51.100.7"],
  ])("%s", (_name, forwarded, proxies, expected) => {
    expect(clientAddress(forwarded, "10.0.0.9", proxies)).toBe(expected);
  });
});

describe("who may change whom", () => {
  const chairman = { id: "c", role: "chairman" as const };
  const admin = { id: "a", role: "admin" as const };
  const analyst = { id: "n", role: "analyst" as const };
  it.each([
    ["an admin an analyst's role", admin, analyst, "guest", 1, null],
    ["an admin makes a chairman", admin, analyst, "chairman", 1, "FORBIDDEN"],
    ["an admin disables a chairman", admin, chairman, null, 2, "FORBIDDEN"],
    ["an admin their own role", admin, admin, "analyst", 1, "OWN_ACCOUNT"],
    ["a chairman makes a chairman", chairman, analyst, "chairman", 1, null],
    ["a chairman disables another of two", chairman, { ...chairman, id: "d" }, null, 2, null],
    ["a chairman disables the last one", chairman, { ...chairman, id: "d" }, null, 1, "LAST_CHAIRMAN"],
    ["a chairman ends a chairman's sessions", chairman, { ...chairman, id: "d" }, "chairman", 1, null],
  ] as const)("%s", (_name, actor, target, next, activeChairmen, expected) => {
    expect(decidePersonChange({ actor, target, next, activeChairmen })).toBe(expected);
  });
});

describe("a request's origin", () => {
  it.each([
    ["a page of ours", { origin: ORIGIN, "sec-fetch-site": "same-origin" }, true],
    ["another site", { origin: "https://evil.example" }, false],
    ["another port", { origin: `${ORIGIN}:8443` }, false],
    ["an opaque origin", { origin: "null" }, false],
    ["a sibling site", { "sec-fetch-site": "same-site" }, false],
    ["another site, without Origin", { "sec-fetch-site": "cross-site" }, false],
    ["no browser", {}, true],
  ])("%s", (_name, headers, expected) => {
    expect(isSameOrigin(new Headers(headers), [ORIGIN])).toBe(expected);
  });
});

describe("an identity", () => {
  const claims = { subject: "1", email: "lee@holding.example", emailVerified: true, name: "Lee" };
  it.each([
    ["of an account", claims, "unlinked", "other.example", null],
    ["first time, any domain", claims, "none", undefined, null],
    ["first time, allowed domain", claims, "none", "other.example, Holding.example", null],
    ["first time, other domain", claims, "none", "other.example", "DOMAIN_NOT_ALLOWED"],
    [
      "first time, a domain that only ends alike",
      { ...claims, email: "lee@evilholding.example" },
      "none",
      "holding.example",
      "DOMAIN_NOT_ALLOWED",
    ],
    ["with an address nobody verified", { ...claims, emailVerified: false }, "unlinked", undefined, "EMAIL_UNVERIFIED"],
    ["whose address was another subject's", claims, "linked", undefined, "OTHER_SUBJECT"],
  ] as const)("%s", (_name, given, existing, allow, expected) => {
    expect(decideIdentity(given, existing, allow)).toBe(expected);
  });
});

it("names a device", () => {
  expect(describeUserAgent("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")).toBe(
    "Firefox on Linux",
  );
  expect(describeUserAgent("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0")).toBe(
    "Edge on Windows",
  );
  expect(describeUserAgent("")).toBe("Unknown browser");
});
