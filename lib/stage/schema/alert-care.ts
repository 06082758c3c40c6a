import { z } from "zod";
import type { AlertSeverity } from "../schema";

/** Where an alert is told: on the desk and the venture's page, above the decision inbox, by letter, in the digest. */
export const CHANNELS = ["dashboard", "inbox", "email", "digest"] as const;
export type Channel = (typeof CHANNELS)[number];
export const SEVERITIES = ["critical", "warning", "info"] as const satisfies readonly AlertSeverity[];

export type AlertRow = { label: string; severity: AlertSeverity; channels: readonly Channel[] };

const AT_ONCE: readonly Channel[] = ["dashboard", "inbox", "email"];
const IN_TIME: readonly Channel[] = ["dashboard", "digest"];

/** Every alert of spec/stage-40, section 8, and those that other rooms raise, as the house has them until a person sets another. */
export const ALERT_ROWS: Readonly<Record<string, AlertRow>> = {
  "growth-critical": { label: "Growth rate critical", severity: "critical", channels: AT_ONCE },
  "valuation-decline": { label: "Valuation decline", severity: "critical", channels: AT_ONCE },
  "exit-ready": { label: "Exit readiness achieved", severity: "info", channels: ["dashboard"] },
  "runway-low": { label: "Cash runway low", severity: "warning", channels: AT_ONCE },
  "concentration-high": { label: "Few customers carry the revenue", severity: "warning", channels: IN_TIME },
  "retention-low": { label: "Key people leave", severity: "warning", channels: IN_TIME },
  "data-stale": { label: "Data is stale", severity: "warning", channels: IN_TIME },
  "metric-anomaly": { label: "A metric is unusual", severity: "warning", channels: IN_TIME },
  "agent-refused": { label: "An agent was refused", severity: "warning", channels: IN_TIME },
  "artefact-contradiction": { label: "Reports contradict each other", severity: "warning", channels: IN_TIME },
  escalation: { label: "The Coordinator escalates", severity: "critical", channels: AT_ONCE },
  "approval-suspended": { label: "An approval is suspended", severity: "critical", channels: AT_ONCE },
  "agent-demoted": { label: "An agent lost the right to act by itself", severity: "warning", channels: AT_ONCE },
  "closing-overdue": { label: "A condition or task of a closing is overdue", severity: "warning", channels: IN_TIME },
  "escrow-release-due": { label: "An escrow release is due", severity: "info", channels: IN_TIME },
  rollback: { label: "A rollback condition holds", severity: "critical", channels: AT_ONCE },
  "bidder-fell": { label: "A bidder dropped out", severity: "critical", channels: AT_ONCE },
  "entry-gate": { label: "A venture waits at the entry gate", severity: "warning", channels: AT_ONCE },
  "exit-gate": { label: "How the exit gate stands when everything is paid", severity: "warning", channels: AT_ONCE },
  "task-overdue": { label: "A task of an initiative is overdue", severity: "warning", channels: IN_TIME },
  "over-budget": { label: "An initiative is over its budget", severity: "warning", channels: IN_TIME },
  "guest-questions": { label: "A guest of a data room waits", severity: "info", channels: IN_TIME },
  "audit.broken": { label: "The audit log is broken", severity: "critical", channels: AT_ONCE },
  "delivery-failed": { label: "A message could not be delivered", severity: "warning", channels: IN_TIME },
};

/** A letter about a letter that failed would fail, too. */
export const NEVER_MAILED: readonly string[] = ["delivery-failed"];

const UNNAMED: Omit<AlertRow, "label"> = { severity: "warning", channels: ["dashboard"] };
export const alertRow = (kind: string): AlertRow =>
  ALERT_ROWS[kind] ?? { label: kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll("-", " "), ...UNNAMED };

/** An alert as it was read, and what is done about it. */
const read = z.strictObject({ alertId: z.uuid(), raisedAt: z.iso.datetime() });
export const acknowledgeManySchema = z.strictObject({ alerts: z.array(read).min(1).max(200) });
export type AcknowledgeMany = z.output<typeof acknowledgeManySchema>;

export const snoozeSchema = z.strictObject({ ...read.shape, until: z.iso.date("a day") });
export type Snooze = z.output<typeof snoozeSchema>;

export const muteSchema = z.strictObject({
  alertId: z.uuid(),
  until: z.iso.date("a day"),
  reason: z.string().trim().min(3, "a reason of at least three letters").max(300, "at most 300 characters"),
});
export type Mute = z.output<typeof muteSchema>;
export const alertIdSchema = z.strictObject({ alertId: z.uuid() });

export const alertSettingSchema = z.strictObject({
  kind: z.string().refine((kind) => Object.hasOwn(ALERT_ROWS, kind), "a kind of alert that there is"),
  /** The version that the person read; 0 where the house's own stands. */
  version: z.int().nonnegative(),
  severity: z.enum(SEVERITIES),
  channels: z.array(z.enum(CHANNELS)).max(CHANNELS.length),
});
export type AlertSettingInput = z.output<typeof alertSettingSchema>;

/** How an alert stands on a day. */
export const ALERT_STATES = ["open", "noted", "snoozed", "muted"] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** What the address of the alerts page asks for; what it does not understand it leaves out. */
export type AlertFilter = {
  venture: string;
  kind: string;
  severity: AlertSeverity | "";
  state: AlertState | "";
};
