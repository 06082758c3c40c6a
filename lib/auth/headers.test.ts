import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, FILE_POLICY, isFilePath, isPublicPath, securityHeaders } from "./headers";

const production = { nonce: "bm9uY2U=", development: false, secure: true, issuer: null };

describe("the content security policy", () => {
  it("lets no inline or evaluated script run in production", () => {
    const policy = contentSecurityPolicy(production);
    expect(policy).toContain("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic'");
    expect(policy).not.toContain("unsafe-eval");
    expect(policy).not.toMatch(/(script|style)-src [^;]*unsafe-inline/);
    for (const rule of [
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "object-src 'none'",
      "connect-src 'self'",
      "form-action 'self'",
    ])
      expect(policy.split("; ")).toContain(rule);
  });

  it("lets a form lead to the identity provider, by origin", () => {
    const policy = contentSecurityPolicy({ ...production, issuer: "https://id.example/realms/holding" });
    expect(policy.split("; ")).toContain("form-action 'self' https://id.example");
  });

  it("asks for https only where there is https", () => {
    const plain = { ...production, secure: false };
    expect(contentSecurityPolicy(plain)).not.toContain("upgrade-insecure-requests");
    expect(securityHeaders(plain)).not.toHaveProperty("strict-transport-security");
    expect(securityHeaders(production)["strict-transport-security"]).toContain("max-age=63072000");
  });
});

it.each([
  ["/sign-in", true],
  ["/sign-in/invitation", true],
  ["/api/auth/csrf", true],
  ["/api/mcp", true],
  ["/api/health", true],
  ["/api/certificates/public-key", true],
  ["/api/certificates/0b673b44-03e1-4e04-9c47-7ff84b0c105f/pdf", false],
  ["/api/stage/trigger", true],
  ["/", false],
  ["/sign-information", false],
  ["/api/authors", false],
  ["/settings/people", false],
])("%s is reached without a session: %s", (path, expected) => {
  expect(isPublicPath(path)).toBe(expected);
});

it.each([
  ["/api/data-room/versions/018f0000-0000-7000-8000-00000000000a", true],
  ["/api/artefacts/1/pdf", true],
  ["/room/room_abc/documents/018f/view", true],
  ["/room/room_abc/documents/018f/download", true],
  ["/room/room_abc/documents/018f", false],
  ["/room/room_abc", false],
  ["/api/auth/callback", false],
  ["/ventures/a/exit/data-room/share-sale", false],
])("%s answers with a file, which gets no rights: %s", (path, expected) => {
  expect(isFilePath(path)).toBe(expected);
  expect(FILE_POLICY.split("; ")).toEqual(expect.arrayContaining(["default-src 'none'", "sandbox"]));
});
