import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import NextAuth, { type NextAuthOptions } from "next-auth";

type Jar = Map<string, string>;

/** The site's /api/auth over real HTTP, without Next around it; and a browser's cookies. */
export class LoopbackSite {
  url = "";
  options: () => NextAuthOptions = () => ({ providers: [] });
  private readonly server = http.createServer((request, response) => void this.answer(request, response));

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

  /** What next-auth expects of Next's older handlers, in the few members that it uses. */
  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.url);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const cookies = (request.headers.cookie ?? "")
      .split("; ")
      .filter(Boolean)
      .map((pair) => {
        const at = pair.indexOf("=");
        return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
      });
    const asked = Object.assign(request, {
      query: { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.split("/").slice(3) },
      cookies: Object.fromEntries(cookies),
      body: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())),
    });
    const answer = Object.assign(response, {
      status: (code: number) => {
        response.statusCode = code;
        return answer;
      },
      json: (value: unknown) => response.end(JSON.stringify(value)),
      send: (value: unknown) => response.end(typeof value === "string" ? value : JSON.stringify(value ?? "")),
    });
    await NextAuth(asked as never, answer as never, this.options());
  }
}

/** Keeps cookies as a browser does, and follows nothing by itself. */
export class Visitor {
  readonly jar: Jar = new Map();
  private readonly site: LoopbackSite;

  constructor(site: LoopbackSite) {
    this.site = site;
  }

  async visit(
    path: string,
    form?: Record<string, string>,
  ): Promise<{ status: number; location: string; text: string }> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const body = form ? new URLSearchParams(form) : undefined;
    const init: RequestInit = { method: form ? "POST" : "GET", headers: { cookie }, body, redirect: "manual" };
    const response = await fetch(new URL(path, this.site.url), init);
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      if (pair.slice(at + 1) === "") this.jar.delete(pair.slice(0, at));
      else this.jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return { status: response.status, location: response.headers.get("location") ?? "", text: await response.text() };
  }

  async csrfToken(): Promise<string> {
    const { text } = await this.visit("/api/auth/csrf");
    return (JSON.parse(text) as { csrfToken: string }).csrfToken;
  }
}
