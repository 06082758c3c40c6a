#!/usr/bin/env node
/**
 * Checks a Stage 40 completion certificate, JSON or PDF, with nothing but Node and the public key:
 *
 *   node scripts/verify-certificate.mjs certificate.json public-key.pem
 *
 * Exit code 0 and "valid" when not a byte differs from what was signed, 1 otherwise.
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** JSON with sorted members and without spaces: one text for one value. */
function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const members = Object.keys(value)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(",")}}`;
}

/** The key's name: the first 32 hexadecimal digits of SHA-256 over its SPKI bytes. */
const nameOf = (key) =>
  createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex")
    .slice(0, 32);

/** Base64 in its one spelling: two texts for one signature would be two files for one certificate. */
function signatureBytes(text) {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text && bytes.length === 64 ? bytes : null;
}

const PDF_TRAILER = /\n%Chairman-Signature Ed25519 ([0-9a-f]{32}) ([A-Za-z0-9+/]{86}==)\n$/;

function partsOfPdf(bytes) {
  // The trailer is ASCII; latin1 keeps every byte one character.
  const found = PDF_TRAILER.exec(bytes.toString("latin1"));
  if (!found) return null;
  return { signed: bytes.subarray(0, found.index), keyId: found[1], signature: found[2] };
}

function partsOfJson(bytes) {
  const text = bytes.toString("utf8");
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    return null;
  }
  // Any other spelling of the same content is another file.
  if (!Buffer.from(canonical(file), "utf8").equals(bytes)) return null;
  const { certificate, signature } = file;
  if (signature?.algorithm !== "Ed25519" || typeof signature.value !== "string") return null;
  const extra = [...Object.keys(file), ...Object.keys(signature)].sort().join();
  if (extra !== "algorithm,certificate,keyId,signature,value") return null;
  return { signed: Buffer.from(canonical(certificate), "utf8"), keyId: signature.keyId, signature: signature.value };
}

const isPdf = (bytes) => bytes.subarray(0, 5).toString("latin1") === "%PDF-";

/** `{ ok: true, keyId }`, or `{ ok: false, problem }`; `publicKey` is PEM. */
export function verifyCertificate(bytes, publicKey) {
  const key = createPublicKey(publicKey);
  const keyId = nameOf(key);
  const parts = isPdf(bytes) ? partsOfPdf(bytes) : partsOfJson(bytes);
  if (!parts) return { ok: false, problem: "it is not a certificate as it was issued" };
  if (parts.keyId !== keyId) return { ok: false, problem: `it names another key (${parts.keyId}), not ${keyId}` };
  const signature = signatureBytes(parts.signature);
  if (!signature || !verify(null, parts.signed, key, signature))
    return { ok: false, problem: "its content is not what was signed" };
  return { ok: true, keyId };
}

function main([file, keyFile]) {
  if (!file || !keyFile) {
    process.stderr.write("Usage: node scripts/verify-certificate.mjs <certificate.json|.pdf> <public-key.pem>\n");
    return 2;
  }
  let result;
  try {
    result = verifyCertificate(readFileSync(file), readFileSync(keyFile, "utf8"));
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  process.stdout.write(result.ok ? `valid: signed by ${result.keyId}\n` : `NOT VALID: ${result.problem}\n`);
  return result.ok ? 0 : 1;
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1])
  process.exitCode = main(process.argv.slice(2));
