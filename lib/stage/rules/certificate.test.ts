import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { verifyCertificate } from "../../../scripts/verify-certificate.mjs";
import {
  type Certificate,
  certificateBlocks,
  certificateFile,
  isOverridden,
  pdfTrailer,
  signedText,
  statementOf,
} from "./certificate";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const pem = (key: KeyObject) => key.export({ type: "spki", format: "pem" }).toString();
/** The name that the script gives a key: it says so when a file names another one. */
const nameOf = (key: KeyObject): string => {
  const { problem } = verifyCertificate(pdf("0".repeat(32)), pem(key)) as { problem: string };
  return /not ([0-9a-f]{32})$/.exec(problem)?.[1] ?? "";
};
const signed = (bytes: Uint8Array): string => sign(null, bytes, privateKey).toString("base64");

const CERTIFICATE: Certificate = {
  ...{ format: "chairman.stage-40-certificate", version: 1, certificateId: "5f0c0b1e-0000-4000-8000-000000000001" },
  venture: {
    id: "5f0c0b1e-0000-4000-8000-000000000002",
    slug: "zürich",
    name: "Zürich “Ünder” 株式会社",
    country: "CH",
    currency: "CHF",
  },
  stage: { life: 1, enteredOn: "2024-07-01", exitedOn: "2026-10-30", takenOver: false },
  ...{ issuedBy: "Active Venture Coordinator", issuedAt: "2026-11-23T09:00:00.000Z", statement: "Complete." },
  criteria: [
    {
      ...{ id: "exit.value-captured", label: "Value captured", rule: "All paid", met: false, found: ["One tranche."] },
      evidence: [],
      override: { reason: "The escrow is insured", by: "Grace", at: "2026-11-20T09:00:00.000Z" },
    },
  ],
  decisions: [],
  record: { events: 12, hash: "ab".repeat(32) },
};

const json = (certificate: Certificate): Buffer => {
  const value = signed(Buffer.from(signedText(certificate), "utf8"));
  return Buffer.from(certificateFile(certificate, { keyId: nameOf(publicKey), value }), "utf8");
};
function pdf(keyId: string): Buffer {
  const body = Buffer.from("%PDF-1.7\n%\u00e2\u00e3\nstream of bytes \u0000\u0001\n%%EOF\n", "latin1");
  return Buffer.concat([body, Buffer.from(pdfTrailer({ keyId, value: signed(body) }), "latin1")]);
}

const FLIPS = [0x01, 0x20, 0x80];

describe("a certificate", () => {
  test.each([
    ["JSON", () => json(CERTIFICATE)],
    ["PDF", () => pdf(nameOf(publicKey))],
  ])("as %s is valid as it is, and not with any byte of it changed, added or taken away", (_name, make) => {
    const file = make();
    const key = pem(publicKey);
    expect(verifyCertificate(file, key)).toEqual({ ok: true, keyId: nameOf(publicKey) });
    for (let index = 0; index < file.length; index += 1) {
      const flip = FLIPS[index % FLIPS.length] ?? 1;
      const changed = Buffer.from(file);
      changed[index] = (changed[index] ?? 0) ^ flip;
      expect(verifyCertificate(changed, key).ok, `byte ${index} ^ ${flip}`).toBe(false);
    }
    expect(verifyCertificate(Buffer.concat([file, Buffer.from(" ")]), key).ok).toBe(false);
    expect(verifyCertificate(Buffer.concat([file, Buffer.from("\n")]), key).ok).toBe(false);
    expect(verifyCertificate(file.subarray(0, -1), key).ok).toBe(false);
    expect(verifyCertificate(file.subarray(1), key).ok).toBe(false);
  });

  test("is not valid under another key, nor spelled another way, nor with a member twice", () => {
    const file = json(CERTIFICATE);
    const other = generateKeyPairSync("ed25519").publicKey;
    expect(verifyCertificate(file, pem(other))).toMatchObject({ ok: false });
    const key = pem(publicKey);
    const respelled = [
      JSON.stringify(JSON.parse(file.toString()), null, 2),
      file.toString().replace('"life":1', '"life":1.0'),
      file.toString().replace('{"certificate":', '{"certificate":{},"certificate":'),
      file.toString().replace("ü", "\\u00fc"),
      file.toString().replace('"algorithm"', '"note":"x","algorithm"'),
    ];
    for (const text of respelled) expect(verifyCertificate(Buffer.from(text), key).ok, text.slice(0, 60)).toBe(false);
  });

  test("prints what was let pass, by whom and why", () => {
    const text = JSON.stringify(certificateBlocks(CERTIFICATE));
    expect(isOverridden(CERTIFICATE.criteria)).toBe(true);
    expect(isOverridden([{ override: null }])).toBe(false);
    expect(text).toContain("Let pass by the chairman");
    expect(text).toContain("The escrow is insured The facts said: One tranche.");
    expect(statementOf("Sold", CERTIFICATE.criteria)).toContain("One line of the exit gate was let pass");
    expect(statementOf("Sold", [{ id: "exit.executed", met: true }])).toContain("Every line of the exit gate is met");
  });
});
