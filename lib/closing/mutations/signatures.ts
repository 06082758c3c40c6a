import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/errors";
import { dayDate } from "@/lib/metrics/rules/periods";
import { moveRefusal } from "../rules/checklist";
import type { AddDocument, ClosingRefusal, MoveSignatures } from "../schema";
import { lockClosing, recordClosing } from "./closing-row";

type Done = Result<{ version: number }, ClosingRefusal>;

/** A document that is signed at closing, with everybody who signs it. */
export async function addDocument(
  actor: Actor,
  { dealId, version, title, signatories }: AddDocument,
  now: Date,
): Promise<Done> {
  return db.$transaction(async (tx) => {
    const { closing } = await lockClosing(tx, actor, dealId, now);
    if (closing.version !== version) return refuse("CONFLICT");
    if (closing.signatures.some(({ state }) => state === "released")) return refuse("RELEASED");
    const names = signatories.map(({ signatory }) => signatory.toLocaleLowerCase("en"));
    const taken = closing.signatures.some((one) => one.title === title);
    if (taken || new Set(names).size !== names.length) return refuse("NAMED_TWICE");
    const ordinal = (await tx.closingDocument.count({ where: { dealId } })) + 1;
    const signatures = { create: signatories.map((one) => ({ ...one, state: "not-sent" })) };
    await tx.closingDocument.create({ data: { id: randomUUID(), dealId, ordinal, title, signatures } });
    const said = { type: "closing.document-added", by: actor.ref, payload: { title, signatories }, now };
    return ok({ version: await recordClosing(tx, closing, said) });
  });
}

/** A packet, or one signature of it, went out, came back signed, or is held. */
export async function moveSignatures(
  actor: Actor,
  { dealId, version, signatures, to, on }: MoveSignatures,
  now: Date,
): Promise<Done> {
  return db.$transaction(async (tx) => {
    const { closing, today } = await lockClosing(tx, actor, dealId, now);
    if (closing.version !== version) return refuse("CONFLICT");
    if (on > today) return refuse("DATE_IN_FUTURE", [{ path: "on", expected: "a day up to today" }]);
    const found = closing.signatures.filter((one) =>
      signatures.some(({ documentId, signatory }) => one.documentId === documentId && one.signatory === signatory),
    );
    if (found.length !== signatures.length) return refuse("NO_SUCH_SIGNATURE");
    const no = moveRefusal(
      found.map(({ state }) => state),
      to,
    );
    if (no) return refuse(no.refusal, no.problems);
    for (const { documentId, signatory } of found)
      await tx.closingSignature.update({
        where: { documentId_signatory: { documentId, signatory } },
        data: { state: to, changedOn: dayDate(on) },
      });
    const payload = {
      to,
      on,
      signatures: found.map(({ title, signatory, state }) => ({ title, signatory, from: state })),
    };
    const said = { type: "closing.signatures-moved", by: actor.ref, payload, now };
    return ok({ version: await recordClosing(tx, closing, said) });
  });
}
