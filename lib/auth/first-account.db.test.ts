import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { db } from "@/lib/db";
import { DEMO_SIGN_INS } from "./demo";
import { createUser } from "./mutations";
import { signInWithPassword } from "./sign-in";

const ROOT = path.join(import.meta.dirname, "../..");
const client = { address: "192.0.2.1", userAgent: "" };

// Starting a process takes seconds where many share a machine.
vi.setConfig({ testTimeout: 120_000 });

/** As the launcher calls it: a process of its own, without a terminal. */
async function run(settings: Record<string, string> = {}): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, ["--import", "./scripts/resolve.mjs", "scripts/first-account.ts"], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, DATABASE_URL: process.env.DATABASE_URL, NODE_ENV: "production", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text: Buffer) => {
      said += text.toString();
    });
  }
  const [code] = (await once(child, "close")) as [number];
  return { code, said };
}

const FIRST = { FIRST_CHAIRMAN_EMAIL: "Chair@Holding.example", FIRST_CHAIRMAN_PASSWORD: "correct horse battery" };

beforeEach(async () => {
  await db.user.updateMany({ data: { disabledAt: new Date() } });
});

describe("a production start", () => {
  it("refuses demo sign-ins", async () => {
    await createUser({ ...DEMO_SIGN_INS[0], demo: true }, { ref: "system:seed" }, new Date());
    const { code, said } = await run(FIRST);
    expect(code).toBe(1);
    expect(said).toContain("demo sign-ins");
    expect(said).not.toContain(DEMO_SIGN_INS[0].password);
  });

  it("asks for the first chairman where nobody is", async () => {
    const { code, said } = await run();
    expect(code).toBe(1);
    expect(said).toContain("FIRST_CHAIRMAN_EMAIL");
  });

  it("refuses a weak password, says why, and does not repeat it", async () => {
    const { code, said } = await run({ ...FIRST, FIRST_CHAIRMAN_PASSWORD: "too short" });
    expect(code).toBe(1);
    expect(said).toContain("at least 12 characters");
    expect(said).not.toContain('"too short"');
  });

  it("makes the account once, and says nothing the next time", async () => {
    expect(await run(FIRST)).toMatchObject({ code: 0 });
    expect(await run({})).toEqual({ code: 0, said: "" });
    const credentials = { email: "chair@holding.example", password: FIRST.FIRST_CHAIRMAN_PASSWORD };
    expect(await signInWithPassword(credentials, client, new Date())).toMatchObject({ ok: true });
  });
});
