import "server-only";
import { hash, verify } from "@node-rs/argon2";

// OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, 2 passes, 1 lane. argon2id is the library's default algorithm.
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// The same password typed on another system may arrive in another Unicode form (NIST SP 800-63B, 5.1.1.2).
const canonical = (password: string) => password.normalize("NFKC");

export const hashPassword = (password: string): Promise<string> => hash(canonical(password), PARAMETERS);

let dummy: Promise<string> | undefined;

/** Without an account the same work is done against a hash that nothing matches, so that the time tells nothing. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword("no account has this password");
  const matches = await verify(stored ?? (await dummy), canonical(password));
  return stored !== null && matches;
}
