import "server-only";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { AwsV4Signer } from "aws4fetch";
import { AppError } from "@/lib/errors";
import { type BlobStore, blobKey, type LocalFile } from "./blobs";

export type S3Settings = {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
};

const EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const SILENCE_MS = 60_000;

type Call = { method: "GET" | "HEAD" | "PUT" | "DELETE"; hash: string; file?: LocalFile };

async function signed(settings: S3Settings, { method, hash, file }: Call) {
  const url = `${settings.endpoint.replace(/\/$/, "")}/${settings.bucket}/${blobKey(hash)}`;
  const headers: Record<string, string> = { "x-amz-content-sha256": file?.hash ?? EMPTY_SHA256 };
  if (file) headers["content-type"] = "application/octet-stream";
  const { accessKeyId, secretAccessKey, region } = settings;
  const signer = new AwsV4Signer({ method, url, headers, accessKeyId, secretAccessKey, region, service: "s3" });
  return await signer.sign();
}

/** Over Node's own client: a body that is streamed must still say its length, or stores refuse it. */
async function call(settings: S3Settings, asked: Call): Promise<IncomingMessage> {
  const { url, headers } = await signed(settings, asked);
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  const { method, file } = asked;
  const length = file ? { "content-length": file.sizeBytes } : {};
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) => reject(new AppError("UNAVAILABLE", { cause }));
    const request = send(url, { method, headers: { ...Object.fromEntries(headers), ...length } }, resolve);
    request.setTimeout(SILENCE_MS, () => request.destroy(new Error("The store does not answer")));
    request.on("error", failed);
    if (!file) return request.end();
    createReadStream(file.path)
      .on("error", (error) => request.destroy(error))
      .pipe(request);
  });
}

/** The status of a call whose body nobody needs. */
async function status(settings: S3Settings, asked: Call): Promise<number> {
  const response = await call(settings, asked);
  response.resume();
  return response.statusCode ?? 0;
}

const unexpected = (code: number) => new AppError("UNAVAILABLE", { cause: new Error(`The store answered ${code}`) });

/** Any store that speaks S3 (signature version 4, path style). It checks the hash that is signed with the body. */
export function s3Store(settings: S3Settings): BlobStore {
  const has = async (hash: string) => {
    const code = await status(settings, { method: "HEAD", hash });
    if (code !== 200 && code !== 404) throw unexpected(code);
    return code === 200;
  };
  return {
    has,
    async keep(file) {
      if (!(await has(file.hash))) {
        const code = await status(settings, { method: "PUT", hash: file.hash, file });
        if (code !== 200) throw unexpected(code);
      }
      await rm(file.path, { force: true });
    },
    async read(hash) {
      const response = await call(settings, { method: "GET", hash });
      if (response.statusCode === 200) return response;
      response.resume();
      throw response.statusCode === 404 ? new AppError("NOT_FOUND") : unexpected(response.statusCode ?? 0);
    },
    async remove(hash) {
      const code = await status(settings, { method: "DELETE", hash });
      if (code !== 204 && code !== 200 && code !== 404) throw unexpected(code);
    },
  };
}
