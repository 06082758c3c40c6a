// 100,000 invoices through the importer against a bare COPY of the same rows into the same table.
//   node --import ./scripts/resolve.mjs bench/import.ts [rows] [runs]
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import { startDatabase } from "../scripts/embedded-database.mjs";
import { median } from "./measure";

const ROWS = Number(process.argv[2] ?? 100_000);
const RUNS = Number(process.argv[3] ?? 5);
const LIMIT = 3;
const NOW = new Date("2026-04-15T09:00:00Z");

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chairman-bench-"));
fs.chmodSync(folder, 0o755);
const server = await startDatabase({ dataDir: path.join(folder, "pg") });
process.env.DATABASE_URL = server.url;
process.env.NEXTAUTH_SECRET ??= "bench-secret-bench-secret-bench-secret-0";
process.env.LOG_LEVEL = "error";

function migrate(): void {
  const root = path.join(import.meta.dirname, "..");
  const prisma = path.join(root, "node_modules/.bin/prisma");
  const run = spawnSync(prisma, ["migrate", "deploy"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  });
  if (run.status !== 0) throw new Error(`prisma migrate deploy: ${run.stdout}${run.stderr}`);
}

const pad = (n: number) => String(n).padStart(2, "0");
const dayOf = (i: number) => `202${2 + (i % 4)}-${pad(1 + (i % 12))}-${pad(1 + (i % 28))}`;
const idOf = (i: number) => `INV-${String((i * 7919) % ROWS).padStart(7, "0")}`;

function file(): Uint8Array {
  const lines = ["Invoice id,Customer id,Invoice date,Period start,Period end,Net amount,Currency,Kind,Status"];
  for (let i = 0; i < ROWS; i++) {
    const day = dayOf(i);
    lines.push(`${idOf(i)},C-${i % 4_000},${day},${day},${day},${i % 900}.${pad(i % 100)},EUR,recurring,paid`);
  }
  return new TextEncoder().encode(`${lines.join("\r\n")}\r\n`);
}

async function bench(): Promise<void> {
  migrate();
  const { db, pool } = await import("@/lib/db");
  const { mintActor } = await import("@/lib/auth/actor");
  const { applyImport, importFile } = await import("@/lib/imports/mutations");
  const actor = mintActor({
    id: "018f0000-0000-7000-8000-000000000001",
    ref: "user:bench",
    name: "Bench",
    role: "analyst",
    ventures: "all",
    sessionId: null,
    steppedUpAt: null,
  });
  const bytes = file();

  const makeVenture = async (slug: string) => {
    const place = { sector: "software", businessModel: "saas", currency: "EUR", country: "DE", timeZone: "UTC" };
    const venture = await db.venture.create({ data: { slug, name: slug, ...place } });
    const source = await db.dataSource.create({ data: { ventureId: venture.id, name: "Bare", kind: "import" } });
    return { ventureId: venture.id, sourceId: source.id };
  };
  const emptied = async () => {
    await pool().query(`TRUNCATE "invoice"`);
    await pool().query("CHECKPOINT");
  };

  const copied: number[] = [];
  const whole: number[] = [];
  const applied: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    await emptied();
    const { ventureId, sourceId } = await makeVenture(`bench-${run}`);
    const importId = crypto.randomUUID();
    const at = NOW.toISOString();
    const tail = `${ventureId}\t${sourceId}\t${importId}`;
    const rows = Array.from({ length: ROWS }, (_, i) => {
      const day = dayOf(i);
      const minor = (i % 900) * 100 + (i % 100);
      return `${idOf(i)}\tC-${i % 4_000}\t${day}\t${day}\t${day}\t${minor}\tEUR\trecurring\tpaid\t${tail}\t${i + 2}\t${at}\t${at}\tuser:bench\n`;
    });
    const text = rows.join("");
    const client = await pool().connect();
    const started = performance.now();
    const copy = client.query(
      copyFrom(
        `COPY "invoice" ("externalId", "customerExternalId", "issuedOn", "periodStart", "periodEnd", "amountMinor", "currency", "kind",
         "status", "ventureId", "sourceId", "importId", "rowNumber", "asOf", "recordedAt", "recordedBy") FROM STDIN`,
      ),
    );
    await pipeline(Readable.from([Buffer.from(text)]), copy);
    const bare = performance.now() - started;
    client.release();

    await emptied();
    const begun = performance.now();
    const fileName = `invoices-${run}.csv`;
    const input = { ventureId, kind: "invoices" as const, fileName, bytes, sourceName: "Bench", asOf: NOW };
    const preview = await importFile(actor, input);
    const previewed = performance.now();
    if (!preview.ok || preview.value.counts.inserted !== ROWS) throw new Error(JSON.stringify(preview));
    const result = await applyImport(actor, preview.value.importId, NOW);
    if (!result.ok) throw new Error(result.refusal);
    const ended = performance.now();
    const stored = await db.invoice.count({ where: { ventureId, supersededAt: null } });
    if (stored !== ROWS) throw new Error(`${stored} of ${ROWS} rows`);
    // The first run warms caches and the just-in-time compiler up and does not count.
    if (run === 0) continue;
    copied.push(bare);
    whole.push(ended - begun);
    applied.push(ended - previewed);
    const seconds = [bare, previewed - begun, ended - previewed].map((ms) => (ms / 1_000).toFixed(2));
    console.log(`run ${run}: COPY ${seconds[0]} s, upload to preview ${seconds[1]} s, apply ${seconds[2]} s`);
  }
  report(bytes.length, copied, whole, applied);
}

function report(size: number, copied: readonly number[], whole: readonly number[], applied: readonly number[]): void {
  const seconds = (values: readonly number[]) => `${(median(values) / 1_000).toFixed(2)} s`;
  const ratio = median(whole) / median(copied);
  console.log(`${ROWS.toLocaleString("en")} invoices, ${(size / 1e6).toFixed(1)} MB, medians of ${copied.length} runs`);
  console.log(`bare COPY into the same table   ${seconds(copied)}`);
  console.log(`import, upload to applied       ${seconds(whole)}`);
  console.log(`  of which apply                ${seconds(applied)}`);
  console.log(`ratio ${ratio.toFixed(2)}`);
  console.log(`limit ${LIMIT.toFixed(1)}`);
  if (ratio > LIMIT) process.exitCode = 1;
}

try {
  await bench();
} finally {
  const { disconnect } = await import("@/lib/db");
  await disconnect();
  await server.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
