/** What proxy.ts answers with; pure, so that the policy can be tested without a server. */
export type HeaderSettings = {
  nonce: string;
  development: boolean;
  /** Served over https. */
  secure: boolean;
  /** The identity provider, to whose pages a form may lead. */
  issuer: string | null;
};

const originOf = (issuer: string | null): string => (issuer && URL.canParse(issuer) ? new URL(issuer).origin : "");

/** Development needs eval (React's traces), inline styles and a web socket (Next's overlay and reload); nothing else does. */
export function contentSecurityPolicy({ nonce, development, secure, issuer }: HeaderSettings): string {
  const directives: Record<string, string> = {
    "default-src": "'none'",
    "script-src": `'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src": development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    // Positions that a library computes (menus, virtual rows) are attributes; they carry no script.
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": development ? "'self' ws: wss:" : "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "frame-ancestors": "'none'",
    "frame-src": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "form-action": `'self' ${originOf(issuer)}`.trim(),
  };
  const policy = Object.entries(directives).map(([name, value]) => `${name} ${value}`);
  if (secure) policy.push("upgrade-insecure-requests");
  return policy.join("; ");
}

/** Addresses that answer with files or data, never with a page: whatever is in them gets no rights where it is shown after all. */
const FILE_PATHS = [/^\/api\/(?!auth\/)/, /^\/room\/[^/]+\/documents\/[^/]+\/(?:view|download)$/];
export const FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";
export const isFilePath = (pathname: string): boolean => FILE_PATHS.some((path) => path.test(pathname));

export function securityHeaders({ secure }: HeaderSettings): Record<string, string> {
  return {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy":
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    ...(secure ? { "strict-transport-security": "max-age=63072000; includeSubDomains; preload" } : {}),
  };
}

/**
 * Pages and routes that people without a session reach: to sign in, for a token's client, for the health check, guests, and
 * the governance system: published schemas, and answers that carry a signature.
 */
const PUBLIC_PATHS = [
  ...["/sign-in", "/api/auth", "/api/mcp", "/api/health", "/room"],
  // Whoever checks a certificate, and stage 39 with its token or signature, have no session.
  ...["/api/certificates/public-key", "/api/stage/trigger"],
  ...["/api/governance/schemas", "/api/governance/answers"],
];

export const isPublicPath = (pathname: string): boolean =>
  PUBLIC_PATHS.some((path) => pathname === path || pathname.startsWith(`${path}/`));
