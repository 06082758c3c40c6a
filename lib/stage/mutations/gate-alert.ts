import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import type { ExitGateFacts } from "../queries/exit-gate";
import { clearCause } from "./alert-cause";

const KIND = "exit-gate";
const keyOf = (ventureId: string): string => `${KIND}:${ventureId}`;
const SYSTEM = "system:value-realization";

/** What the gate says at the end of a sale, in words. */
export function gateWords({ met, lines }: ExitGateFacts): string {
  if (met)
    return `Exit gate met: ${lines.map(({ label }) => label.toLowerCase()).join(", ")}. The Coordinator is told.`;
  const open = lines.filter(({ holds }) => !holds);
  const missing = open.map(({ label, found }) => `${label} (${found.join(" ")})`).join("; ");
  return `Everything is paid, but the exit gate is not met: ${missing}`;
}

/** The Coordinator and the chairman are told how the gate stands when everything is paid; once, while it stands so. */
export async function tellGate(tx: Tx, ventureId: string, gate: ExitGateFacts, now: Date): Promise<void> {
  const causeKey = keyOf(ventureId);
  const title = gate.met ? "Exit gate met" : "Everything is paid, and the exit gate is not met";
  const said = { title, detail: gateWords(gate).slice(0, 600) };
  const fresh = { ...said, raisedAt: now, clearedAt: null, acknowledgedAt: null, acknowledgedBy: null };
  const create = { ...fresh, causeKey, ventureId, kind: KIND, severity: gate.met ? "info" : "warning" };
  await tx.alert.upsert({ where: { causeKey }, create, update: { ...fresh, severity: create.severity } });
  const about = { ventureId, actor: SYSTEM, subject: `alert:${causeKey}`, at: now };
  await recordEvent(tx, { ...about, type: "alert.raised", payload: { kind: KIND, ...said } });
}

/** The venture has left through it. */
export const clearGate = (tx: Tx, ventureId: string, by: string, now: Date): Promise<boolean> =>
  clearCause(tx, keyOf(ventureId), { by, now });
