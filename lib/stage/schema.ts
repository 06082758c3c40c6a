import { z } from "zod";

/** Alerts that are decided from a venture's stored figures (spec/stage-40, section 8). */
export const ALERT_KINDS = [
  "growth-critical",
  "valuation-decline",
  "runway-low",
  "concentration-high",
  "retention-low",
  "data-stale",
  "exit-ready",
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];
export type AlertSeverity = "critical" | "warning" | "info";

/** The measure of the snapshot that an alert looks at; stale data are about several. */
export const ALERT_METRICS: Readonly<Record<AlertKind, string | null>> = {
  "growth-critical": "growth_rate",
  "valuation-decline": "valuation_change",
  "runway-low": "cash_runway",
  "concentration-high": "customer_concentration",
  "retention-low": "team_retention",
  "data-stale": null,
  "exit-ready": "exit_readiness",
};

export const isAlertKind = (kind: string): kind is AlertKind => (ALERT_KINDS as readonly string[]).includes(kind);

/** What is written when an alert is raised. */
export type AlertDraft = { kind: AlertKind; severity: AlertSeverity; title: string; detail: string };

/** The alert as it was read: one that was raised again since is another. */
export const alertReadSchema = z.object({ alertId: z.uuid(), raisedAt: z.iso.datetime() });
export type AlertRead = z.output<typeof alertReadSchema>;
