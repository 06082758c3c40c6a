import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { startDatabase } from "@/scripts/embedded-database.mjs";
import { SEED, seededCopy } from "./seeded-copy.mjs";

const ROOT = path.join(import.meta.dirname, "..");

/** A server of a test's own, through the real launcher, with a data folder that outlives it: for tests that kill it. */
export class OwnServer {
  readonly port: number;
  readonly data: string;
  private launcher: ChildProcess | null = null;
  output = "";

  constructor(port: number) {
    this.port = port;
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chairman-e2e-"));
    fs.chmodSync(folder, 0o711);
    this.data = path.join(folder, "data");
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(more: Record<string, string> = {}): Promise<void> {
    // Without a loaded demo beside it, its own start loads one.
    if (!fs.existsSync(this.data) && fs.existsSync(SEED)) seededCopy(this.data);
    const env = { ...process.env, PORT: String(this.port), DATA_DIR: this.data, LOG_LEVEL: "warn", ...more };
    const launcher = spawn(process.execPath, ["scripts/start.mjs"], {
      cwd: ROOT,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    this.launcher = launcher;
    for (const stream of [launcher.stdout, launcher.stderr]) {
      stream?.on("data", (text: Buffer) => {
        this.output += text.toString();
      });
    }
    for (let attempt = 0; attempt < 1_200; attempt++) {
      if (launcher.exitCode !== null) throw new Error(`The server did not start:\n${this.output}`);
      const answer = await fetch(`${this.address}/api/health`).catch(() => null);
      if (answer?.ok) return;
      await pause(100);
    }
    throw new Error(`The server did not answer:\n${this.output}`);
  }

  /** The processor time of launcher and server since they began, in seconds. */
  cpuSeconds(): number {
    const ticks = fs.readdirSync("/proc").map((name) => {
      if (!/^\d+$/.test(name)) return 0;
      try {
        // After the name in brackets: state, parent, group …, own user and system time, those of ended children.
        const fields = fs.readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
        return Number(fields[2]) === this.launcher?.pid
          ? fields.slice(11, 15).reduce((sum, n) => sum + Number(n), 0)
          : 0;
      } catch {
        return 0;
      }
    });
    return ticks.reduce((sum, n) => sum + n, 0) / 100;
  }

  /** How many pieces of streamed text its runs have stored. */
  async storedChunks(): Promise<number> {
    const { url } = await startDatabase({ dataDir: path.join(this.data, "pg") });
    const client = new pg.Client(url);
    await client.connect();
    try {
      const { rows } = await client.query("SELECT count(*)::int AS stored FROM run_chunk");
      return rows[0].stored;
    } finally {
      await client.end();
    }
  }

  /** As a crash does: launcher and server at once, without a word. The database stays behind. */
  async kill(): Promise<void> {
    const { launcher } = this;
    if (!launcher?.pid || launcher.exitCode !== null) return;
    const gone = once(launcher, "exit");
    process.kill(-launcher.pid, "SIGKILL");
    await gone;
    this.launcher = null;
  }

  async stop(): Promise<void> {
    const { launcher } = this;
    this.launcher = null;
    if (!launcher?.pid || launcher.exitCode !== null) return;
    const gone = once(launcher, "exit");
    launcher.kill("SIGTERM");
    await gone;
  }

  async remove(): Promise<void> {
    await this.stop();
    fs.rmSync(path.dirname(this.data), { recursive: true, force: true });
  }
}
