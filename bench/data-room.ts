// 500 files of 1 GB together, taken into a data room (streamed, hashed, looked at, kept, recorded, their words read and
// indexed), against copying the same files with fsync.
//   node --import ./scripts/resolve.mjs bench/data-room.ts [files] [megabytes in all]     small: 40 20
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { copyFile, open } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startDatabase } from "../scripts/embedded-database.mjs";
import { report } from "./measure";

const FILES = Number(process.argv[2] ?? 500);
const BYTES = Number(process.argv[3] ?? 1_000) * 1_000_000;
/**
 * Each file is hashed, synced, searched for scripts, recorded under the room's lock with its event and its run, and read
 * for its words: about twenty round trips to the database beside two readings. Measured 54 to 64 on two busy cores.
 */
const LIMIT = 80;
const AT_ONCE = 4;
const ROOT = path.join(import.meta.dirname, "..");

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chairman-bench-"));
fs.chmodSync(folder, 0o755);
const server = await startDatabase({ dataDir: path.join(folder, "pg") });
Object.assign(process.env, {
  DATABASE_URL: server.url,
  NEXTAUTH_SECRET: "bench-secret-bench-secret-bench-secret-0",
  LOG_LEVEL: "silent",
  CHECKPOINT_DISABLE: "1",
  DATA_ROOM_DIR: path.join(folder, "room"),
});

const source = (n: number) => path.join(folder, "source", `${n}.pdf`);

/** PDFs as scans are: a page of words, and an image that does not pack. */
async function makeFiles(): Promise<void> {
  const { pdf } = await import("@/lib/integrations/test-support/hostile-files");
  fs.mkdirSync(path.join(folder, "source"));
  for (let n = 0; n < FILES; n++) {
    const noise = randomBytes(Math.max(1_000, Math.round(BYTES / FILES) - 1_500)).toString("latin1");
    const image = `<< /Type /XObject /Subtype /Image /Length ${noise.length} >>\nstream\n${noise}\nendstream`;
    fs.writeFileSync(source(n), pdf(`Document number ${n} about change of control`, [image]));
  }
}

async function inLanes(work: (n: number) => Promise<void>): Promise<number> {
  const begun = performance.now();
  let next = 0;
  const lane = async () => {
    for (let n = next++; n < FILES; n = next++) await work(n);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return performance.now() - begun;
}

function copyAll(): Promise<number> {
  const target = path.join(folder, "copy");
  fs.rmSync(target, { recursive: true, force: true });
  fs.mkdirSync(target);
  return inLanes(async (n) => {
    const to = path.join(target, `${n}.pdf`);
    await copyFile(source(n), to);
    const handle = await open(to, "r+");
    await handle.sync();
    await handle.close();
  });
}

async function takeIn(): Promise<{ taken: number; indexed: number }> {
  const { person, makeRoom } = await import("@/lib/data-room/test-support/rooms");
  const { receiveDocument } = await import("@/lib/data-room/mutations/receive");
  const { extractText } = await import("@/lib/data-room/mutations/texts");
  const { searchTexts } = await import("@/lib/data-room/queries/search");
  const analyst = await person("analyst");
  const { roomId } = await makeRoom(analyst);
  const versions: string[] = [];
  let most = 0;
  const taken = await inLanes(async (n) => {
    const sent = { body: fs.createReadStream(source(n)), announced: fs.statSync(source(n)).size };
    const outcome = await receiveDocument(
      analyst,
      { roomId, path: `${1 + (n % 18)} Folder/${n}.pdf` },
      sent,
      new Date(),
    );
    if (!outcome.ok || !outcome.value.versionId) throw new Error(outcome.ok ? "duplicate" : outcome.refusal);
    versions.push(outcome.value.versionId);
    most = Math.max(most, process.memoryUsage().rss);
  });
  const indexed = await inLanes(async (n) => {
    const state = await extractText(versions[n] ?? "");
    if (state !== "done") throw new Error(state);
  });
  const hits = await searchTexts(roomId, '"change of control"', FILES + 1);
  if (hits.length !== FILES) throw new Error(`${hits.length} found`);
  process.stdout.write(
    `upload ${(taken / 1_000).toFixed(1)} s, words ${(indexed / 1_000).toFixed(1)} s, memory at most ${Math.round(most / 1e6)} MB\n`,
  );
  return { taken, indexed };
}

try {
  const run = spawnSync(path.join(ROOT, "node_modules/.bin/prisma"), ["migrate", "deploy"], {
    cwd: ROOT,
    env: process.env,
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(`${run.stdout}${run.stderr}`);
  await makeFiles();
  await copyAll();
  const { taken, indexed } = await takeIn();
  report(
    `${FILES} files, ${BYTES / 1e6} MB: taken in and indexed, against copying them`,
    [taken + indexed],
    [await copyAll()],
    LIMIT,
  );
} finally {
  const { disconnectEngineClient } = await import("@/lib/workflows/transport");
  await disconnectEngineClient();
  const { disconnect } = await import("@/lib/db");
  await disconnect();
  await server.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
process.exit();
