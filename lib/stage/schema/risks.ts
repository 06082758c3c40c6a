import { z } from "zod";

export const RISK_STATUSES = ["open", "mitigating", "accepted", "closed"] as const;
export type RiskStatus = (typeof RISK_STATUSES)[number];

/** Likelihood and impact, 1 to 5, in words. */
export const LIKELIHOODS = ["rare", "unlikely", "possible", "likely", "almost certain"] as const;
export const IMPACTS = ["negligible", "minor", "moderate", "major", "severe"] as const;

const scale = z.int().min(1, "from 1 to 5").max(5, "from 1 to 5");
const fields = {
  title: z.string().trim().min(3, "what might happen").max(160, "at most 160 characters"),
  detail: z.string().trim().max(2_000, "at most 2,000 characters").default(""),
  ownerId: z.uuid().nullable(),
  likelihood: scale,
  impact: scale,
  mitigation: z.string().trim().max(2_000, "at most 2,000 characters").default(""),
  dueOn: z.iso.date("a day").nullable(),
};

export const openRiskSchema = z.strictObject({
  ...fields,
  /** Null: a risk of the holding. */
  ventureId: z.uuid().nullable(),
  /** The alert that it is opened from. */
  alertId: z.uuid().nullable().default(null),
});
export type OpenRisk = z.output<typeof openRiskSchema>;

export const changeRiskSchema = z.strictObject({
  ...fields,
  riskId: z.uuid(),
  /** The version that the person read. */
  version: z.int().positive(),
  status: z.enum(RISK_STATUSES),
});
export type ChangeRisk = z.output<typeof changeRiskSchema>;

export const RISK_SORTS = ["score", "title", "venture", "owner", "due", "status"] as const;
export type RiskSort = (typeof RISK_SORTS)[number];

/** What the address of the risk list asks for. `status` "" is every risk that is not closed. */
export type RiskView = {
  venture: string;
  owner: string;
  status: RiskStatus | "all" | "";
  sort: RiskSort;
  descending: boolean;
};
