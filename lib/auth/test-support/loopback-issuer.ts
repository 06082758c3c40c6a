import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

const CLIENT = { id: "chairman", secret: "loopback-secret" };

type Grant = { challenge: string; nonce: string; redirectUri: string };

/** An OpenID provider in miniature: authorization code flow with PKCE (RFC 7636), RS256 id tokens, one key. */
export class LoopbackIssuer {
  readonly client = CLIENT;
  /** What the next person who signs in is, to the provider. */
  claims: Record<string, unknown> = {};
  /** Put on top of what the provider itself would write into the id token. */
  forged: Record<string, unknown> = {};
  /** What the relying party sent to the authorization endpoint last. */
  asked: URLSearchParams = new URLSearchParams();
  url = "";
  private readonly keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  private readonly grants = new Map<string, Grant>();
  private readonly server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => this.answer(request, Buffer.concat(chunks).toString(), response));
  });

  async start(): Promise<void> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  private answer(request: http.IncomingMessage, body: string, response: http.ServerResponse): void {
    const url = new URL(request.url ?? "/", this.url);
    const json = (status: number, value: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    if (url.pathname === "/.well-known/openid-configuration") json(200, this.metadata());
    else if (url.pathname === "/keys") json(200, { keys: [this.publicKey()] });
    else if (url.pathname === "/authorize") response.writeHead(302, { location: this.authorize(url) }).end();
    else if (url.pathname === "/token") {
      const token = this.token(new URLSearchParams(body), request.headers.authorization ?? "");
      json(token ? 200 : 400, token ?? { error: "invalid_grant" });
    } else json(404, {});
  }

  private metadata() {
    return {
      issuer: this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      jwks_uri: `${this.url}/keys`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
    };
  }

  private publicKey() {
    return { ...this.keys.publicKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "RS256" };
  }

  private authorize(url: URL): string {
    this.asked = url.searchParams;
    const code = randomUUID();
    const redirectUri = url.searchParams.get("redirect_uri") ?? "";
    this.grants.set(code, {
      challenge: url.searchParams.get("code_challenge") ?? "",
      nonce: url.searchParams.get("nonce") ?? "",
      redirectUri,
    });
    const back = new URL(redirectUri);
    back.searchParams.set("code", code);
    back.searchParams.set("state", url.searchParams.get("state") ?? "");
    return back.toString();
  }

  /** A code counts once, for who holds the verifier and the client's secret. */
  private token(form: URLSearchParams, authorization: string) {
    const code = form.get("code") ?? "";
    const grant = this.grants.get(code);
    this.grants.delete(code);
    const basic = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString("base64")}`;
    const verifier = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (!grant || authorization !== basic || verifier !== grant.challenge) return null;
    if (form.get("redirect_uri") !== grant.redirectUri) return null;
    return { access_token: randomUUID(), token_type: "Bearer", expires_in: 60, id_token: this.idToken(grant.nonce) };
  }

  private idToken(nonce: string): string {
    const now = Math.floor(Date.now() / 1_000);
    const standard = { iss: this.url, aud: CLIENT.id, iat: now, exp: now + 60, nonce };
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const head = part({ alg: "RS256", kid: "one", typ: "JWT" });
    const text = `${head}.${part({ ...standard, ...this.claims, ...this.forged })}`;
    return `${text}.${sign("sha256", Buffer.from(text), this.keys.privateKey).toString("base64url")}`;
  }
}
