// Called at a production start: no demo sign-ins, and a chairman. Asks for the first one, or takes FIRST_CHAIRMAN_*.
import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline/promises";
import { assertNoDemoSignIns, createUser, hasChairman } from "@/lib/auth/mutations";
import { PASSWORD_MIN } from "@/lib/auth/rules";
import { clock } from "@/lib/clock";
import { disconnect } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

const WHY: Readonly<Record<string, string>> = {
  TOO_SHORT: `The password is too short: at least ${PASSWORD_MIN} characters.`,
  TOO_LONG: "The password is too long: at most 256 characters.",
  IS_EMAIL: "The password must not be the e-mail.",
  EMAIL_TAKEN: "An account with this e-mail exists already, without being an active chairman.",
};

// The settings demand one; nothing here is signed or sealed with it.
process.env.NEXTAUTH_SECRET ??= randomBytes(32).toString("hex");

class Stop extends Error {}

type Answers = { email: string; password: string };

/** The password is shown while it is typed: this is the machine's own console, once. */
async function ask(): Promise<Answers> {
  if (!process.stdin.isTTY) {
    throw new Stop(
      "There is no chairman yet. Set FIRST_CHAIRMAN_EMAIL and FIRST_CHAIRMAN_PASSWORD for this start,\n" +
        "  or run `DATABASE_URL=… npm run first-account` in a terminal.",
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    console.log("\n  There is no chairman yet. The first account:\n");
    const email = await terminal.question("  E-mail:   ");
    const password = await terminal.question(`  Password (${PASSWORD_MIN} characters or more): `);
    return { email, password };
  } finally {
    terminal.close();
  }
}

async function main(): Promise<void> {
  await assertNoDemoSignIns().catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    throw new Stop(
      "This database has demo sign-ins, whose passwords the README names. Production does not start with them:\n" +
        "  use another database, or disable them (Settings, People) in a demo start.",
    );
  });
  if (await hasChairman()) return;
  const { FIRST_CHAIRMAN_EMAIL: email, FIRST_CHAIRMAN_PASSWORD: password } = env();
  const answers = email && password ? { email, password } : await ask();
  const person = { ...answers, name: answers.email.split("@")[0] ?? "Chairman", role: "chairman" as const };
  const created = await createUser(person, { ref: "system:first-account" }, clock.now());
  if (!created.ok) throw new Stop(WHY[created.refusal] ?? created.refusal);
  console.log(`  The chairman's account ${answers.email} is made. Sign in and enrol a second factor in Settings.`);
}

try {
  await main();
} catch (error) {
  if (error instanceof Stop) console.error(`\n  ${error.message}\n`);
  else console.error(error);
  process.exitCode = 1;
} finally {
  await disconnect();
}
