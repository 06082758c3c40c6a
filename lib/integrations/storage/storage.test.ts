import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LoopbackS3 } from "../test-support/loopback-s3";
import { blobKey } from "./blobs";
import { diskStore } from "./disk-store";
import { receiveFile, sweepIncoming } from "./incoming";
import { s3Store } from "./s3-store";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "chairman-storage-"));
  return () => rmSync(folder, { recursive: true });
});

const hashOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
async function* pieces(...parts: Buffer[]) {
  yield* parts;
}
const limits = { maxBytes: 1_000_000, announced: null };
const leftovers = () => readdirSync(path.join(folder, "incoming"));

async function received(bytes: Buffer) {
  const outcome = await receiveFile(folder, pieces(bytes.subarray(0, 7), bytes.subarray(7)), limits);
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}

// FIPS 180-2, appendix B.1.
test("the hash is SHA-256", async () => {
  const { hash, sizeBytes } = await received(Buffer.from("abc"));
  expect(hash).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(sizeBytes).toBe(3);
});

describe("what comes in", () => {
  test("leaves nothing when it is too large", async () => {
    const outcome = await receiveFile(folder, pieces(Buffer.alloc(600), Buffer.alloc(600)), {
      maxBytes: 1000,
      announced: null,
    });
    expect(outcome).toEqual({ ok: false, refusal: "FILE_TOO_LARGE" });
    expect(leftovers()).toEqual([]);
  });

  test("leaves nothing when it is shorter than announced", async () => {
    expect(await receiveFile(folder, pieces(Buffer.alloc(5)), { maxBytes: 1000, announced: 6 })).toMatchObject({
      refusal: "CUT_SHORT",
    });
    expect(leftovers()).toEqual([]);
  });

  test("leaves nothing when the sender breaks off", async () => {
    async function* broken() {
      yield Buffer.alloc(10);
      throw new Error("gone");
    }
    await expect(receiveFile(folder, broken(), limits)).rejects.toThrow("gone");
    expect(leftovers()).toEqual([]);
  });

  test("is swept when a process died over it, and not while it still comes", async () => {
    const { path: old } = await received(Buffer.from("old"));
    await received(Buffer.from("new"));
    const now = new Date();
    const yesterday = new Date(now.getTime() - 86_400_000);
    utimesSync(old, yesterday, yesterday);
    expect(await sweepIncoming(folder, now)).toBe(1);
    expect(leftovers()).toHaveLength(1);
    expect(await sweepIncoming(path.join(folder, "nowhere"), now)).toBe(0);
  });
});

test("only a hash is an address", () => {
  for (const name of ["../../etc/passwd", "", "A".repeat(64), "a".repeat(63), `${"a".repeat(64)}/x`]) {
    expect(() => blobKey(name)).toThrow();
  }
});

describe("on disk", () => {
  test("the same bytes are kept once, and read as they were", async () => {
    const store = diskStore(folder);
    const bytes = randomBytes(100_000);
    const [one, two] = [await received(bytes), await received(bytes)];
    await store.keep(one);
    await store.keep(two);
    expect(await buffer(await store.read(one.hash))).toEqual(bytes);
    expect(leftovers()).toEqual([]);
    expect(statSync(path.join(folder, "sha256", blobKey(one.hash))).mode & 0o077).toBe(0);
    await store.remove(one.hash);
    expect(await store.has(one.hash)).toBe(false);
    await expect(store.read(one.hash)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("a torn file in the place is replaced by the whole one", async () => {
    const store = diskStore(folder);
    const file = await received(Buffer.from("whole"));
    await store.keep(file);
    const place = path.join(folder, "sha256", blobKey(file.hash));
    writeFileSync(place, "wh");
    await store.keep(await received(Buffer.from("whole")));
    expect(readFileSync(place, "utf8")).toBe("whole");
  });
});

describe("in an S3-compatible store", () => {
  const server = new LoopbackS3();
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  const storeWith = (more = {}) =>
    s3Store({ endpoint: server.url, bucket: "rooms", region: "eu-central-1", ...server.keys, ...more });

  test("what was kept is read as it was; the same bytes are sent once", async () => {
    const store = storeWith();
    const bytes = randomBytes(300_000);
    const file = await received(bytes);
    expect(await store.has(file.hash)).toBe(false);
    await store.keep(file);
    await store.keep(await received(bytes));
    expect(server.asked.filter((line) => line.startsWith("PUT"))).toEqual([`PUT /rooms/${blobKey(hashOf(bytes))}`]);
    expect(await buffer(await store.read(file.hash))).toEqual(bytes);
    expect(leftovers()).toEqual([]);
    await store.remove(file.hash);
    await expect(store.read(file.hash)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("a wrong secret is refused by its signature, and the file stays to be tried again", async () => {
    const file = await received(Buffer.from("secret"));
    await expect(storeWith({ secretAccessKey: "wrong" }).keep(file)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(leftovers()).toHaveLength(1);
  });

  test("bytes that are not those of the hash are refused by the store", async () => {
    const file = await received(Buffer.from("honest"));
    await expect(storeWith().keep({ ...file, hash: "0".repeat(64) })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test("a store that fails is not taken for an empty one", async () => {
    server.failWith = 503;
    await expect(storeWith().has("0".repeat(64))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    server.failWith = null;
  });
});
