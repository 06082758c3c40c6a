import "server-only";
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

export type KeyPurpose = "second-factor" | "audit-seal" | "outbound" | "guest-code" | "bank-details" | "payment-file";

/** One secret, a key per purpose (HKDF-SHA256, RFC 5869), so that no two uses share one. */
function keyFor(purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync("sha256", env().NEXTAUTH_SECRET, "", `chairman:${purpose}`, 32));
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM, bound to its owner: a value copied to another row does not open. */
export function encryptSecret(purpose: KeyPurpose, owner: string, plain: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyFor(purpose), iv);
  cipher.setAAD(Buffer.from(owner));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64");
}

export function decryptSecret(purpose: KeyPurpose, owner: string, sealed: string): string {
  try {
    const bytes = Buffer.from(sealed, "base64");
    const decipher = createDecipheriv("aes-256-gcm", keyFor(purpose), bytes.subarray(0, IV_BYTES));
    decipher.setAAD(Buffer.from(owner));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new AppError("INTERNAL", { cause });
  }
}

export function signWith(purpose: KeyPurpose, text: string): string {
  return createHmac("sha256", keyFor(purpose)).update(text).digest("hex");
}

/** 256 random bits need no slow hash: SHA-256 is enough to make the stored value useless. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");
export const newToken = (prefix: string): string => `${prefix}${randomBytes(32).toString("base64url")}`;
