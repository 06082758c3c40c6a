import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const ROOT = path.join(import.meta.dirname, "..");

/** A server of a test's own, through the real launcher, with a data folder that outlives it: for tests that kill it. */
export class OwnServer {
  readonly port: number;
  readonly data: string;
  private launcher: ChildProcess | null = null;
  output = "";

  constructor(port: number) {
    this.port = port;
    this.data = fs.mkdtempSync(path.join(os.tmpdir(), "chairman-e2e-"));
    fs.chmodSync(this.data, 0o711);
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(more: Record<string, string> = {}): Promise<void> {
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
    fs.rmSync(this.data, { recursive: true, force: true });
  }
}
