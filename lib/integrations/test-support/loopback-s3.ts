import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const sha256 = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest("hex");

/** A store in miniature that speaks S3's wire format and checks signature version 4 by itself, from Amazon's description. */
export class LoopbackS3 {
  readonly keys = { accessKeyId: "AKIDLOOPBACK", secretAccessKey: "loopback/secret+key" };
  readonly objects = new Map<string, Buffer>();
  readonly asked: string[] = [];
  url = "";
  /** Answers this instead, to see what a failing store does. */
  failWith: number | null = null;
  private readonly server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => this.answer(request, Buffer.concat(chunks), response));
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

  private answer(request: http.IncomingMessage, body: Buffer, response: http.ServerResponse): void {
    const { method = "GET", url = "/", headers } = request;
    this.asked.push(`${method} ${url}`);
    const end = (code: number, sent?: Buffer) =>
      response.writeHead(code, { "content-length": sent?.length ?? 0 }).end(sent);
    if (this.failWith) return void end(this.failWith);
    if (!this.isSigned(request)) return void end(403);
    if (method === "PUT") {
      if (headers["content-length"] === undefined) return void end(411);
      if (headers["x-amz-content-sha256"] !== sha256(body)) return void end(400);
      this.objects.set(url, body);
      return void end(200);
    }
    const found = this.objects.get(url);
    if (method === "DELETE") this.objects.delete(url);
    if (method === "DELETE") return void end(204);
    if (!found) return void end(404);
    if (method === "HEAD") response.writeHead(200, { "content-length": found.length }).end();
    else end(200, found);
  }

  private isSigned({ method = "", url = "/", headers }: http.IncomingMessage): boolean {
    const match =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
        headers.authorization ?? "",
      );
    if (!match) return false;
    const [, id, day = "", region = "", names = "", signature] = match;
    const lines = names.split(";").map((name) => `${name}:${String(headers[name] ?? "").trim()}\n`);
    const [path = "/", query = ""] = url.split("?");
    const payload = headers["x-amz-content-sha256"];
    const canonical = [method, path, query, lines.join(""), names, payload].join("\n");
    const scope = `${day}/${region}/s3/aws4_request`;
    const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(canonical)].join("\n");
    const dayKey = hmac(`AWS4${this.keys.secretAccessKey}`, day);
    const key = hmac(hmac(hmac(dayKey, region), "s3"), "aws4_request");
    return id === this.keys.accessKeyId && hmac(key, text).toString("hex") === signature;
  }
}
