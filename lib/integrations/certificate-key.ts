import "server-only";
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** An Ed25519 key with its public half as PEM; `id` is told from the public half alone. */
export type SigningKey = { id: string; publicKey: string; sign: (bytes: Uint8Array) => string };

const keyFile = (): string => path.resolve(/* turbopackIgnore: true */ env().DATA_DIR, "certificate-key.pem");

/** The first 32 hexadecimal digits of SHA-256 over the SPKI bytes; scripts/verify-certificate.mjs counts the same way. */
const keyIdOf = (publicKey: KeyObject): string =>
  createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex")
    .slice(0, 32);

/** Made once: of two processes that start together the second reads what the first made. */
function makeKey(file: string): string {
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, pem, { mode: 0o600 });
  try {
    // Unlike a rename this never takes the place of a key that is there.
    linkSync(draft, file);
    return pem;
  } catch {
    return readFileSync(file, "utf8");
  } finally {
    rmSync(draft, { force: true });
  }
}

function readKey(): string {
  const given = env().CERTIFICATE_KEY;
  // One line in an environment file: the line breaks of the PEM as \n.
  if (given) return given.replaceAll("\\n", "\n");
  const file = keyFile();
  try {
    return readFileSync(file, "utf8");
  } catch {
    return makeKey(file);
  }
}

let known: SigningKey | undefined;

/** The key that signs certificates: CERTIFICATE_KEY, or the one in the data folder, which the first start makes. */
export function signingKey(): SigningKey {
  if (known) return known;
  try {
    const privateKey = createPrivateKey(readKey());
    if (privateKey.asymmetricKeyType !== "ed25519") throw new Error("not an Ed25519 key");
    const publicKey = createPublicKey(privateKey);
    known = {
      id: keyIdOf(publicKey),
      publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
      sign: (bytes) => sign(null, bytes, privateKey).toString("base64"),
    };
    return known;
  } catch (cause) {
    const expected = "an Ed25519 key in PEM (PKCS #8), or a data folder that can be written to";
    throw new AppError("UNAVAILABLE", { cause, problems: [{ path: "CERTIFICATE_KEY", expected }] });
  }
}
