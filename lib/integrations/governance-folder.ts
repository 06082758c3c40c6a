import "server-only";
import { mkdir, open, readdir, readFile, rename, stat } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/env";
import { logger } from "@/lib/logger";
import type { Delivery } from "./webhook";

/** Of the folder that the environment names; nobody can name another from a screen. */
export function governanceFolder(): string {
  const { GOVERNANCE_DIR, DATA_DIR } = env();
  return path.resolve(/* turbopackIgnore: true */ GOVERNANCE_DIR ?? path.join(DATA_DIR, "governance"));
}

const inside = (...parts: string[]): string => path.join(/* turbopackIgnore: true */ governanceFolder(), ...parts);
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,120}\.json$/;

/**
 * Puts a document into "out", whole or not at all: a reader never sees half of it, and the same document again is the same
 * file.
 */
export async function writeHandoffFile(name: string, body: string): Promise<Delivery> {
  if (!NAME.test(name)) return { ok: false, problem: "The file has no fitting name", final: true };
  try {
    await mkdir(inside("out"), { recursive: true });
    const temporary = inside("out", `.${name}.part`);
    const file = await open(temporary, "w", 0o640);
    try {
      await file.writeFile(body);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, inside("out", name));
    return { ok: true };
  } catch (error) {
    logger.error({ err: error }, "A handoff could not be written to its folder");
    return { ok: false, problem: "The folder could not be written to" };
  }
}

const LARGEST = 600_000;
export type FoundAnswer = { name: string; text: string | null };

const isGone = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";

/** Null for what is no file, or is one no more: another process may have put it away in between. */
async function readAnswer(name: string): Promise<FoundAnswer | null> {
  try {
    const entry = await stat(inside("in", name));
    if (!entry.isFile()) return null;
    return { name, text: entry.size > LARGEST ? null : await readFile(inside("in", name), "utf8") };
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** The documents that wait in "in", the first by name first; one that is too large has no text. */
export async function readAnswerFiles(most: number): Promise<FoundAnswer[]> {
  const names = await readdir(inside("in")).catch(() => []);
  const found: FoundAnswer[] = [];
  for (const name of names
    .filter((one) => NAME.test(one))
    .sort()
    .slice(0, most)) {
    const answer = await readAnswer(name);
    if (answer) found.push(answer);
  }
  return found;
}

/** Out of the way, into "in/taken" or "in/refused", so that it is read once; a second of the same name stands beside the first. */
export async function putAwayAnswerFile(name: string, to: "taken" | "refused", now: Date): Promise<void> {
  await mkdir(inside("in", to), { recursive: true });
  try {
    await rename(inside("in", name), inside("in", to, `${now.toISOString().replace(/[:.]/g, "-")}-${name}`));
  } catch (error) {
    // Another process that read it at the same time has put it away.
    if (!isGone(error)) throw error;
  }
}
